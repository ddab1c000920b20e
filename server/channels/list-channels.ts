import type { TenantTx } from '#server/db/with-tenant.ts';
import { type HealthState, type Problem, wordsOfProblem } from './problems.ts';

export type ChannelHealthView = {
  state: HealthState;
  problem: { name: Problem; title: string; remedy: string; details: string | null } | null;
  /** ISO times. */
  since: string | null;
  checkedAt: string | null;
  numberStatus: string | null;
  quality: string | null;
  messagingLimit: string | null;
  tokenExpiresAt: string | null;
  lastWebhookAt: string | null;
};

export type ChannelView = {
  key: string;
  name: string;
  /** Digits. */
  number: string;
  botOn: boolean;
  /** Whether the bot has something to follow. */
  hasScript: boolean;
  /** Whether its webhooks are signed by a Meta app of the tenant's own. */
  ownApp: boolean;
  disconnectedAt: string | null;
  health: ChannelHealthView;
};

/** What is shown of a channel: no secrets. */
export const shownOfChannel = {
  ...{ key: true, name: true, displayPhoneNumber: true, botOn: true, scriptId: true, disconnectedAt: true },
  ...{ appSecret: true, health: true },
} as const;

/** The tenant's channels, oldest first. */
export async function listChannels({ db, tenantId }: TenantTx): Promise<ChannelView[]> {
  const rows = await db.channel.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: shownOfChannel,
  });
  return rows.map(viewOfChannel);
}

type Row = {
  key: string;
  name: string;
  displayPhoneNumber: string;
  botOn: boolean;
  scriptId: string | null;
  appSecret: Uint8Array | null;
  disconnectedAt: Date | null;
  health: HealthRow | null;
};
type HealthRow = {
  state: string;
  problem: string | null;
  details: string | null;
  since: Date | null;
  checkedAt: Date | null;
  numberStatus: string | null;
  quality: string | null;
  messagingLimit: string | null;
  tokenExpiresAt: Date | null;
  webhookAt: Date | null;
};

export function viewOfChannel({ displayPhoneNumber, health, appSecret, scriptId, ...row }: Row): ChannelView {
  return {
    ...{ key: row.key, name: row.name, number: displayPhoneNumber.replaceAll(/\D/g, ''), botOn: row.botOn },
    hasScript: scriptId !== null,
    ownApp: appSecret !== null,
    disconnectedAt: row.disconnectedAt?.toISOString() ?? null,
    health: viewOfHealth(health),
  };
}

function viewOfHealth(row: HealthRow | null): ChannelHealthView {
  const words = wordsOfProblem(row?.problem ?? null);
  return {
    state: words?.state ?? (row?.state === 'well' ? 'well' : 'unknown'),
    problem: words
      ? { name: words.name, title: words.title, remedy: words.remedy, details: row?.details ?? null }
      : null,
    since: row?.since?.toISOString() ?? null,
    checkedAt: row?.checkedAt?.toISOString() ?? null,
    numberStatus: row?.numberStatus ?? null,
    quality: row?.quality ?? null,
    messagingLimit: row?.messagingLimit ?? null,
    tokenExpiresAt: row?.tokenExpiresAt?.toISOString() ?? null,
    lastWebhookAt: row?.webhookAt?.toISOString() ?? null,
  };
}
