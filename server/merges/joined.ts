import type { ConsentState } from '#server/leads/consent.ts';

/** What two leads can differ in. `blockedAt` is ISO 8601. */
export type Facts = {
  name: string | null;
  profileName: string | null;
  username: string | null;
  email: string | null;
  language: string | null;
  assigneeId: string | null;
  fields: Record<string, string | number | boolean>;
  labelIds: string[];
  consent: ConsentState;
  blockedAt: string | null;
};

const strictness: Record<ConsentState, number> = { unknown: 0, in: 1, out: 2 };

/** What the survivor is afterwards: its own, what it lacked, the labels of both, and the stricter of their wishes. */
export function joined(survivor: Facts, merged: Facts): Facts {
  return {
    name: survivor.name ?? merged.name,
    profileName: survivor.profileName ?? merged.profileName,
    username: survivor.username ?? merged.username,
    email: survivor.email ?? merged.email,
    language: survivor.language ?? merged.language,
    assigneeId: survivor.assigneeId ?? merged.assigneeId,
    fields: { ...merged.fields, ...survivor.fields },
    labelIds: [...new Set([...survivor.labelIds, ...merged.labelIds])],
    consent: strictness[merged.consent] > strictness[survivor.consent] ? merged.consent : survivor.consent,
    blockedAt: survivor.blockedAt ?? merged.blockedAt,
  };
}

/**
 * The survivor when a merge is undone: what is still as the merge left it is as it was before; what somebody changed
 * since stays, and `kept` names it. A wish for no messages that came since is both's.
 */
export function parted(now: Facts, before: Facts, after: Facts): { survivor: Facts; kept: string[] } {
  const kept: string[] = [];
  const back = <K extends keyof Facts>(key: K, words: string): Facts[K] => {
    if (same(now[key], after[key])) return before[key];
    kept.push(words);
    return now[key];
  };
  const survivor = {
    name: back('name', 'the name'),
    // WhatsApp's own names are not anybody's to change: the next message brings them.
    profileName: same(now.profileName, after.profileName) ? before.profileName : now.profileName,
    username: same(now.username, after.username) ? before.username : now.username,
    email: back('email', 'the email address'),
    language: back('language', 'the language'),
    assigneeId: back('assigneeId', 'who looks after them'),
    fields: back('fields', 'the fields'),
    labelIds: back('labelIds', 'the labels'),
    consent: back('consent', 'the consent'),
    blockedAt: back('blockedAt', 'whether they are blocked'),
  };
  return { survivor, kept };
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.toSorted()
    : typeof value === 'object' && value !== null
      ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : value;
const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
