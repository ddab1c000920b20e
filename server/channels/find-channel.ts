import { asPlatform } from '#server/db/as-platform.ts';
import { unseal } from './seal.ts';

/** A channel as the webhook's door and delivery need it, secrets in the clear: never logged, never sent to a browser. */
export type Channel = {
  tenantId: string;
  id: string;
  key: string;
  phoneNumberId: string;
  wabaId: string;
  portfolioId: string;
  botOn: boolean;
  accessToken: string;
  /** Null: the platform's own Meta app signs and verifies. */
  appSecret: string | null;
  verifyToken: string | null;
};

type By = 'key' | 'phoneNumberId';
type Entry = { channel: Channel | undefined; until: number };

// A changed channel is known everywhere after this long; unknown ones are asked for again sooner. Milliseconds.
const keepFor = 5_000;
const keepUnknownFor = 1_000;
const mostKept = 10_000;
const kept = new Map<string, Entry>();

/** The channel with this key or phone number id; from memory for some seconds. */
export async function findChannel(by: By, value: string, now = Date.now()): Promise<Channel | undefined> {
  const name = `${by} ${value}`;
  const known = kept.get(name);
  if (known && known.until > now) return known.channel;
  const channel = await read(by, value);
  // Anybody can ask for any key, so what is remembered is bounded: the oldest goes.
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? name);
  kept.set(name, { channel, until: now + (channel ? keepFor : keepUnknownFor) });
  return channel;
}

/** Forgets what is remembered, after a channel was changed in this process. */
export const forgetChannels = () => kept.clear();

async function read(by: By, value: string): Promise<Channel | undefined> {
  const row = await asPlatform(({ db }) => db.channel.findFirst({ where: { [by]: value } }));
  if (!row) return undefined;
  const { tenantId, id, key, phoneNumberId, wabaId, portfolioId, botOn } = row;
  return {
    ...{ tenantId, id, key, phoneNumberId, wabaId, portfolioId, botOn },
    accessToken: unseal(row.accessToken),
    appSecret: row.appSecret && unseal(row.appSecret),
    verifyToken: row.verifyToken && unseal(row.verifyToken),
  };
}
