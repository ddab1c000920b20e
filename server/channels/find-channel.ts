import { readQuotas } from '#server/capacity/quotas.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { unseal } from '#server/secrets/seal.ts';
import { type ChannelSecret, channelSecret } from './channel-secret.ts';

/** A channel as the webhook's door and delivery need it, secrets in the clear: never logged, never sent to a browser. */
export type Channel = {
  tenantId: string;
  id: string;
  key: string;
  phoneNumberId: string;
  wabaId: string;
  portfolioId: string;
  botOn: boolean;
  /** Messages a second that the tenant was sold; null: as many as it likes. */
  peakRate: number | null;
  /** The tenant's own words for being left alone, and for being written to again. */
  words: OwnWords;
  accessToken: string;
  /** Null: the platform's own Meta app signs and verifies. */
  appSecret: string | null;
  verifyToken: string | null;
  /** What was in use before the last change and is taken as well for a while. */
  before: { appSecret: Former | null; verifyToken: Former | null };
};

export type OwnWords = { out: string[]; in: string[] };

export type Former = { secret: string; until: Date };

type By = 'key' | 'phoneNumberId';
type Entry = { channel: Promise<Channel | undefined>; asked: number; until: number };

// A changed channel is known everywhere after this long; unknown ones are asked for again sooner. Milliseconds.
const keepFor = 5_000;
const keepUnknownFor = 1_000;
const oftenest = 1_000;
const mostKept = 10_000;
const kept = new Map<string, Entry>();
// Apart, so that whoever asks for keys at random drives out no channel.
const unknown = new Map<string, Entry>();

/** The channel with this key or phone number id; from memory for some seconds. */
export const findChannel = (by: By, value: string, now = Date.now()): Promise<Channel | undefined> =>
  findSince(by, value, now, -Infinity);

/**
 * The same, for who has reason to think that it was changed: read again, once a second at most however many ask, since
 * a stranger may give them that reason.
 */
export const findChannelAfresh = (by: By, value: string, now = Date.now()): Promise<Channel | undefined> =>
  findSince(by, value, now, now - oftenest);

async function findSince(by: By, value: string, now: number, oldest: number): Promise<Channel | undefined> {
  const name = `${by} ${value}`;
  const known = kept.get(name) ?? unknown.get(name);
  if (known && known.until > now && known.asked > oldest) return known.channel;
  // All who ask meanwhile wait for the one answer.
  const asked = { channel: read(by, value), asked: now, until: now + keepFor };
  remember(kept, name, asked);
  try {
    const channel = await asked.channel;
    if (channel) return channel;
    remember(unknown, name, { ...asked, until: now + keepUnknownFor });
    if (kept.get(name) === asked) kept.delete(name);
    return undefined;
  } catch (error) {
    if (kept.get(name) === asked) kept.delete(name);
    throw error;
  }
}

/** Anybody can ask for any key, so what is remembered is bounded: the oldest goes. */
function remember(entries: Map<string, Entry>, name: string, entry: Entry) {
  if (entries.size >= mostKept) entries.delete(entries.keys().next().value ?? name);
  entries.set(name, entry);
}

/** Forgets what is remembered, after a channel was changed in this process. */
export function forgetChannels() {
  kept.clear();
  unknown.clear();
}

async function read(by: By, value: string): Promise<Channel | undefined> {
  // What belongs to a tenant that is being erased is nobody's.
  const where = { [by]: value, tenant: { erasingAt: null } };
  const found = await asPlatform(async (tx) => {
    const row = await tx.db.channel.findFirst({
      where,
      include: { tenant: { select: { optOutWords: true, optInWords: true } } },
    });
    return row && { row, quotas: await readQuotas(tx, row.tenantId) };
  });
  if (!found) return undefined;
  const { row, quotas } = found;
  const { tenantId, id, key, phoneNumberId, wabaId, portfolioId, botOn } = row;
  const open = (secret: ChannelSecret, sealed: Uint8Array | null) =>
    sealed && unseal(sealed, channelSecret(tenantId, secret));
  const former = (secret: ChannelSecret, sealed: Uint8Array | null, until: Date | null): Former | null => {
    const opened = open(secret, sealed);
    return opened === null || until === null ? null : { secret: opened, until };
  };
  return {
    ...{ tenantId, id, key, phoneNumberId, wabaId, portfolioId, botOn },
    peakRate: quotas.peakRate,
    words: { out: row.tenant.optOutWords, in: row.tenant.optInWords },
    accessToken: unseal(row.accessToken, channelSecret(tenantId, 'access_token')),
    appSecret: open('app_secret', row.appSecret),
    verifyToken: open('verify_token', row.verifyToken),
    before: {
      appSecret: former('app_secret_before', row.appSecretBefore, row.appSecretBeforeUntil),
      verifyToken: former('verify_token_before', row.verifyTokenBefore, row.verifyTokenBeforeUntil),
    },
  };
}
