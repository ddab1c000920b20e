import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { env } from '#server/env.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { log } from '#server/log.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { unseal } from '#server/secrets/seal.ts';
import { callGraph } from '#server/whatsapp/graph-call.ts';
import { channelSecret } from './channel-secret.ts';
import { type ChannelRow, openToken } from './find-tenants-channel.ts';
import { type Findings, type Health, judgeHealth } from './judge-health.ts';
import { webhookUrl } from './read-channel.ts';
import { tellOwners } from './tell-owners.ts';

// How long until a channel is looked at again: one that is not well sooner, so that its page tells soon that it is.
// Spread, so that those of one moment do not stay together. Milliseconds.
const whenWell = 5 * 60_000;
const whenNot = 60_000;

const fields = [
  ...['id', 'status', 'quality_rating', 'health_status', 'whatsapp_business_manager_messaging_limit'],
  'webhook_configuration',
].join();

/** The queue's: looks after these channels. What could not be looked after comes again by itself. */
export const watchChannels = (jobs: JobData<'watch-channel'>[]): Promise<Handled[]> =>
  Promise.all(
    jobs.map(async ({ tenantId, channelId }): Promise<Handled> => {
      await watchChannel(tenantId, channelId).catch((error: unknown) =>
        log().warn({ err: error, channel: channelId }, 'a channel could not be looked after'),
      );
      return 'done';
    }),
  );

/** Asks Meta how a channel is, outside any transaction, keeps the answer, and tells who has to know. */
export async function watchChannel(tenantId: string, channelId: string): Promise<void> {
  const channel = await withTenant(tenantId, ({ db }) =>
    db.channel.findFirst({ where: { tenantId, id: channelId, disconnectedAt: null } }),
  );
  if (!channel) return;
  const answers = await askMeta(channel);
  await withTenant(tenantId, async (tx) => {
    const before = await lockHealth(tx, channelId);
    const now = new Date();
    const health = judgeHealth({ ...answers, rejected: rejectedSince(before, channel) }, now);
    await keep(tx, channel, before, health, now);
  });
}

async function askMeta(channel: ChannelRow): Promise<Omit<Findings, 'rejected'>> {
  const token = openToken(channel);
  const app = appOf(channel);
  const inspect = (asker: string) =>
    callGraph(`debug_token?input_token=${encodeURIComponent(token)}`, { token: asker });
  const [byApp, bySelf, number, subscriptions] = await Promise.all([
    app && inspect(`${app.id}|${app.secret}`),
    inspect(token),
    callGraph(`${channel.phoneNumberId}?fields=${fields}`, { token }),
    callGraph(`${channel.wabaId}/subscribed_apps`, { token }),
  ]);
  return {
    byApp,
    bySelf,
    number,
    subscriptions,
    appId: app?.id ?? null,
    callback: channel.appSecret && webhookUrl(channel.key),
  };
}

/** The app that signs this channel's webhooks, where its id is known. */
function appOf({ tenantId, appId, appSecret }: ChannelRow): { id: string; secret: string } | null {
  if (appSecret !== null)
    return appId === null
      ? null
      : { id: appId, secret: unseal(appSecret, channelSecret(tenantId, 'app_secret')) };
  const { META_APP_ID: id } = env();
  const secret = platformSecret();
  return id && secret ? { id, secret } : null;
}

/** A worker need not have been given it. */
function platformSecret(): string | null {
  try {
    return env().META_APP_SECRET;
  } catch {
    return null;
  }
}

type Before = Awaited<ReturnType<typeof lockHealth>>;

async function lockHealth({ tenantId, db }: TenantTx, channelId: string) {
  await db.$executeRaw`
    insert into channel_health (tenant_id, channel_id) values (${tenantId}::uuid, ${channelId}::uuid)
    on conflict do nothing`;
  await db.$queryRaw`
    select 1 from channel_health where tenant_id = ${tenantId}::uuid and channel_id = ${channelId}::uuid for update`;
  return db.channelHealth.findFirstOrThrow({ where: { tenantId, channelId } });
}

/** What was turned away and followed by nothing right. Only a channel with an app of its own has a secret to be wrong. */
function rejectedSince(
  { rejectedAt, rejectedKind, webhookAt }: Before,
  { appSecret }: ChannelRow,
): Findings['rejected'] {
  if (rejectedAt === null || appSecret === null || (webhookAt !== null && webhookAt >= rejectedAt))
    return null;
  return rejectedKind === 'handshake' || rejectedKind === 'signature' ? rejectedKind : null;
}

async function keep(tx: TenantTx, channel: ChannelRow, before: Before, health: Health, now: Date) {
  const { tenantId, db } = tx;
  const { state, problem, details, facts } = health;
  const isNews = problem !== before.problem || state !== before.state;
  // That Meta gave no answer says nothing about the number: what was known of it stays.
  const known = problem === 'unreachable' ? {} : facts;
  const isToTell =
    state === 'broken' && !before.reported ? 'broke' : isWell(health) && before.reported ? 'well' : null;
  const wait = state === 'well' ? whenWell : whenNot;
  await db.channelHealth.update({
    where: { tenantId_channelId: { tenantId, channelId: channel.id } },
    data: {
      ...{ state, problem, details, ...known, checkedAt: now },
      dueAt: new Date(now.getTime() + wait * (0.9 + 0.2 * Math.random())),
      ...(isNews && { since: now }),
      ...(isToTell && { reported: isToTell === 'broke' }),
    },
  });
  if (isNews) {
    log().info({ channel: channel.id, state, problem }, 'a channel is not as it was');
    await publishEverything(tx);
  }
  if (isToTell) await tellOwners(tx, channel, isToTell, health);
}

const isWell = ({ state, problem }: Health) => state !== 'broken' && problem !== 'unreachable';
