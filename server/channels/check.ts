/** What a number is checked for, in the order in which people read it. */
export const checks = [
  'token',
  'secret',
  'membership',
  'account',
  'registration',
  'callback',
  'templates',
  'sending',
] as const;
export type CheckName = (typeof checks)[number];

/** Without these nothing comes in or goes out; templates alone may follow later. */
export const needed: readonly CheckName[] = checks.filter((check) => check !== 'templates');

/**
 * passed · warning: works, but look at it · failed: `steps` mend it · waiting: another one has to pass first ·
 * unreachable: Meta gave no answer, so nothing is known.
 */
export type CheckState = 'passed' | 'warning' | 'failed' | 'waiting' | 'unreachable';
/** What the person can replace on the spot. */
export type Mend = 'token' | 'secret' | 'pin' | 'ids';

/** What one check found. `steps` are for Meta's screens; what stands in `backticks` is to be found there by letter. */
export type Verdict = {
  state: CheckState;
  title: string;
  detail: string;
  steps: string[];
  mend: Mend | null;
};

/** What the checks learn about the number on the way. */
export type Facts = { displayPhoneNumber: string; verifiedName: string; portfolioId: string };

export type CheckResult = Verdict & { check: CheckName; ms: number; facts?: Partial<Facts> };

/** How a check is called before its outcome is known, and once it has passed. */
export const titles: Record<CheckName, string> = {
  token: 'The token is valid and does not expire',
  secret: 'The app secret fits the app',
  membership: 'The number belongs to this WhatsApp Business account',
  account: 'Meta has approved the business',
  registration: 'The number is registered for the Cloud API',
  callback: 'Meta reaches us',
  templates: 'We may read your templates',
  sending: 'Sending is allowed',
};

/** Which checks have to have passed before this one means anything. */
export const needs: Record<CheckName, readonly CheckName[]> = {
  token: [],
  secret: [],
  membership: ['token'],
  account: ['token'],
  registration: ['token', 'membership'],
  callback: ['token', 'secret', 'membership', 'account', 'registration'],
  templates: ['token'],
  sending: ['token', 'registration'],
};

export const passed = (check: CheckName, detail = ''): Verdict => ({
  ...{ state: 'passed', title: titles[check], detail, steps: [], mend: null },
});

export const warning = (
  title: string,
  detail: string,
  steps: string[] = [],
  mend: Mend | null = null,
): Verdict => ({ state: 'warning', title, detail, steps, mend });

export const failed = (
  title: string,
  detail: string,
  steps: string[],
  mend: Mend | null = null,
): Verdict => ({ state: 'failed', title, detail, steps, mend });

export const isGood = ({ state }: Verdict): boolean => state === 'passed' || state === 'warning';
