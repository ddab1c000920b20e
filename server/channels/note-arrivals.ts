import { asPlatform } from '#server/db/as-platform.ts';
import { log } from '#server/log.ts';
import type { Channel } from './find-channel.ts';

/** What was turned away at a channel's own door. */
export type Rejection = 'signature' | 'handshake';
type Notes = {
  tenantId: string;
  channelId: string;
  webhookAt: number | null;
  rejectedAt: number | null;
  kind: Rejection | null;
  rejections: number;
  writtenAt: number;
  isNew: boolean;
};

// Milliseconds. A channel's row is written once a minute at most for what arrives, and sooner for what is turned away.
const writeEvery = 60_000;
const lookEvery = 2_000;
const notes = new Map<string, Notes>();
const news = new Set<string>();
// Whoever may sign a webhook may name accounts at will.
const mostNews = 1_000;
let timer: NodeJS.Timeout | undefined;

/** A rightly signed webhook came for this channel. Costs no query: this process writes it down a little later. */
export function noteWebhook(channel: Channel, now = Date.now()) {
  const known = of(channel);
  known.webhookAt = now;
  known.isNew = true;
}

/** Something came to this channel's own address that its secret or verify token does not fit. */
export function noteRejection(channel: Channel, kind: Rejection, now = Date.now()) {
  const known = of(channel);
  Object.assign(known, { rejectedAt: now, kind, rejections: known.rejections + 1, isNew: true });
}

/** Meta told something about an account itself (its standing, a number's quality): its channels are looked after soon. */
export function noteNews(wabaId: string) {
  if (news.size < mostNews) news.add(wabaId);
  watchClock();
}

function of({ tenantId, id }: Channel): Notes {
  let known = notes.get(id);
  if (!known) {
    known = {
      tenantId,
      channelId: id,
      webhookAt: null,
      rejectedAt: null,
      kind: null,
      rejections: 0,
      writtenAt: 0,
      isNew: false,
    };
    notes.set(id, known);
  }
  watchClock();
  return known;
}

function watchClock() {
  timer ??= setInterval(() => void writeArrivals(), lookEvery).unref();
}

/** Writes what is due into the channels' health. What cannot be written is kept for the next time. */
export async function writeArrivals(now = Date.now()): Promise<void> {
  if (news.size > 0) await askSoon([...news]);
  const due = [...notes.values()].filter(
    (one) => one.isNew && (one.rejections > 0 || now - one.writtenAt >= writeEvery),
  );
  if (due.length === 0) return;
  const taken = due.map((one) => ({ ...one }));
  for (const one of due) Object.assign(one, { isNew: false, rejections: 0, writtenAt: now });
  try {
    await write(taken);
  } catch (error) {
    log().warn({ err: error, channels: due.length }, 'the last webhooks could not be noted');
    for (const [index, one] of due.entries()) {
      one.isNew = true;
      one.rejections += taken[index]?.rejections ?? 0;
      one.writtenAt = 0;
    }
  }
}

/** Ends the timer and writes what is left, once no more comes. */
export async function stopNotingArrivals() {
  clearInterval(timer);
  timer = undefined;
  for (const one of notes.values()) one.writtenAt = 0;
  await writeArrivals();
  notes.clear();
}

/** Lost with the process that heard of it: the channels are looked after every few minutes all the same. */
async function askSoon(wabaIds: string[]) {
  news.clear();
  await asPlatform(
    ({ db }) => db.$executeRaw`
      update channel_health h set due_at = least(h.due_at, greatest(now(), h.checked_at + interval '30 seconds'))
      from channels c
      where c.waba_id = any(${wabaIds}) and h.tenant_id = c.tenant_id and h.channel_id = c.id`,
  ).catch((error: unknown) => log().warn({ err: error }, 'news of accounts could not be noted'));
}

const at = (time: number | null) => (time === null ? null : new Date(time));

/** Whoever is turned away, or was until now, is looked after soon: not oftener than every half minute. */
const write = (taken: Notes[]) =>
  asPlatform(
    ({ db }) => db.$executeRaw`
      insert into channel_health as h (tenant_id, channel_id, webhook_at, rejected_at, rejected_kind, rejections)
      select n.* from unnest(
        ${taken.map(({ tenantId }) => tenantId)}::uuid[], ${taken.map(({ channelId }) => channelId)}::uuid[],
        ${taken.map(({ webhookAt }) => at(webhookAt))}::timestamptz[],
        ${taken.map(({ rejectedAt }) => at(rejectedAt))}::timestamptz[],
        ${taken.map(({ kind }) => kind)}::text[], ${taken.map(({ rejections }) => rejections)}::int[]
      ) as n (tenant_id, channel_id, webhook_at, rejected_at, rejected_kind, rejections)
      join channels c on c.tenant_id = n.tenant_id and c.id = n.channel_id
      order by n.channel_id
      on conflict (tenant_id, channel_id) do update set
        webhook_at = greatest(h.webhook_at, excluded.webhook_at),
        rejected_at = greatest(h.rejected_at, excluded.rejected_at),
        rejected_kind = coalesce(excluded.rejected_kind, h.rejected_kind),
        rejections = excluded.rejections + case when h.rejected_at > h.webhook_at or h.webhook_at is null
                                                then h.rejections else 0 end,
        due_at = case when excluded.rejections > 0 or h.rejected_at > h.webhook_at
                      then least(h.due_at, greatest(now(), h.checked_at + interval '30 seconds')) else h.due_at end`,
  );
