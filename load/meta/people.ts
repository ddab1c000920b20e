import { createHash } from 'node:crypto';
import { type MetaPerson, world } from './world.ts';

/** Everybody Meta knows. A person is found by number (digits) or by business-scoped id. */
export type People = {
  /** The demo's people, then the `newest` others, oldest first. */
  list(newest: number): MetaPerson[];
  find(numberOrUserId: string): MetaPerson | undefined;
  /** Adds somebody, or adds what is new about somebody known. */
  put(news: { waId?: string; userId?: string; name?: string; username?: string }): MetaPerson;
};

/** People whom load runs bring along are kept up to this many; the demo's stay. */
const limit = 50_000;

export function createPeople(): People {
  const byNumber = new Map<string, MetaPerson>();
  const byUserId = new Map<string, MetaPerson>();

  function keep(person: MetaPerson) {
    if (person.waId) byNumber.set(person.waId, person);
    byUserId.set(person.userId, person);
  }

  function forget(person: MetaPerson) {
    if (person.waId) byNumber.delete(person.waId);
    byUserId.delete(person.userId);
  }

  function find(key: string) {
    return byNumber.get(key) ?? byUserId.get(key);
  }

  for (const person of world.people) keep(person);

  return {
    list: (newest) => {
      const all = [...byUserId.values()];
      const demo = all.slice(0, world.people.length);
      return [...demo, ...all.slice(Math.max(demo.length, all.length - newest))];
    },
    find,
    put: (news) => {
      const known =
        (news.waId && byNumber.get(news.waId)) || (news.userId && byUserId.get(news.userId)) || undefined;
      const waId = news.waId ?? known?.waId;
      const username = news.username ?? known?.username;
      const person: MetaPerson = {
        name: news.name ?? known?.name ?? username ?? waId ?? news.userId ?? 'Somebody',
        userId: news.userId ?? known?.userId ?? userIdOf(waId ?? ''),
        ...(waId && { waId }),
        ...(username && { username }),
      };
      if (known?.waId && known.waId !== person.waId) byNumber.delete(known.waId);
      if (known && known.userId !== person.userId) byUserId.delete(known.userId);
      keep(person);
      const oldest =
        byUserId.size > limit ? byUserId.values().drop(world.people.length).next().value : undefined;
      if (oldest) forget(oldest);
      return person;
    },
  };
}

const countries: readonly (readonly [prefix: string, country: string])[] = [
  ['221', 'SN'],
  ['91', 'IN'],
  ['84', 'VN'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['46', 'SE'],
  ['33', 'FR'],
  ['55', 'BR'],
  ['52', 'MX'],
  ['62', 'ID'],
  ['966', 'SA'],
  ['971', 'AE'],
];

/** The same number always has the same business-scoped id: country, dot, 20 digits. */
function userIdOf(waId: string): string {
  const country = countries.find(([prefix]) => waId.startsWith(prefix))?.[1] ?? 'US';
  const digits = BigInt(`0x${createHash('sha256').update(waId).digest('hex').slice(0, 20)}`).toString();
  return `${country}.${digits.padStart(20, '1').slice(0, 20)}`;
}

/** The name a conversation goes by: the number if there is one, else the business-scoped id. */
export function addressOf(person: { waId?: string; userId: string }): string {
  return person.waId ?? person.userId;
}
