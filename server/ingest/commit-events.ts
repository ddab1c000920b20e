import { applyStatuses, freedBy } from '#server/conversations/apply-status.ts';
import { hearWishes } from '#server/conversations/hear-wishes.ts';
import { recordInbound } from '#server/conversations/record-inbound.ts';
import { asBatch, type BatchTx } from '#server/db/as-batch.ts';
import { groupCommitter } from '#server/db/group-committer.ts';
import { newId } from '#server/db/id.ts';
import { isRowsFault, sqlState } from '#server/db/sql-state.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { usualShare } from '#server/jobs/fair-line.ts';
import { wishIn } from '#server/leads/opt-words.ts';
import { countWords, log, someIds } from '#server/log.ts';
import { quarantined } from '#server/metrics.ts';
import { publish } from '#server/realtime/publish.ts';
import { hearPreferences } from './hear-preferences.ts';
import { asBytes, type Delivery, type Quarantined } from './route-events.ts';

// What the text of a row may weigh before it counts as two: one commit must not become a gigabyte. Bytes.
const bytesPerRow = 4_096;

// What waits longer than Meta does is work for nothing. Beyond it 503 at once, and Meta sends again. Rows, milliseconds.
const mostWaiting = 4_000;
const longestWait = 2_000;

const committer = groupCommitter<{ delivery: Delivery; bytes: number }, null>({
  name: 'ingest',
  lanes: 2,
  mostWaiting,
  longestWait,
  partyOf: ({ delivery }) => tenantOf(delivery),
  commit: async (deliveries) => {
    await commitOrSplit(deliveries.flatMap(({ delivery }) => singleParts(delivery)));
    return deliveries.map(() => null);
  },
  weigh: ({ delivery: { messages, statuses, preferences, quarantine }, bytes }) =>
    Math.max(
      1,
      messages.length + statuses.length + preferences.length + quarantine.length,
      Math.ceil(bytes / bytesPerRow),
    ),
});

/** Resolves once everything is committed, together with what arrived meanwhile. Throws QueueFull, or why it failed. `bytes` of its body. */
export const commitDelivery = (delivery: Delivery, bytes: number) => committer.add({ delivery, bytes });

/** How long the webhook that has waited longest for its commit has waited. Milliseconds. */
export const longestIngestWait = () => committer.longestWaiting();

/** Resolves once nothing waits for a commit. */
export const ingestDrained = () => committer.drained();

/** Whose a webhook is; Meta hardly ever puts two tenants' news into one. */
const tenantOf = ({ messages: [message], statuses: [status], preferences: [preference] }: Delivery) =>
  (message ?? status ?? preference)?.channel.tenantId ?? '';

/** One message, one status, or one thing for quarantine. */
type Part = { arrival: Date } & (
  | { message: Delivery['messages'][number] }
  | { status: Delivery['statuses'][number] }
  | { preference: Delivery['preferences'][number] }
  | { odd: Quarantined }
);

function singleParts({ arrival, messages, statuses, preferences, quarantine }: Delivery): Part[] {
  return [
    ...messages.map((message) => ({ arrival, message })),
    ...statuses.map((status) => ({ arrival, status })),
    ...preferences.map((preference) => ({ arrival, preference })),
    ...quarantine.map((odd) => ({ arrival, odd })),
  ];
}

/**
 * One transaction for all. A part that PostgreSQL refuses for what it holds is found by halving and goes to quarantine
 * alone; any other failure fails all: an outage must not fill the quarantine.
 */
async function commitOrSplit(parts: Part[]): Promise<void> {
  try {
    const began = performance.now();
    const changed = await asBatch((tx) => write(tx, parts), publish);
    logCommit(parts, changed, began);
    for (const part of parts) if ('odd' in part) quarantined.inc({ reason: part.odd.reason });
  } catch (error) {
    if (!isRowsFault(error)) throw error;
    const [only] = parts;
    if (parts.length > 1) {
      const middle = Math.ceil(parts.length / 2);
      await commitOrSplit(parts.slice(0, middle));
      await commitOrSplit(parts.slice(middle));
    } else if (only && !('odd' in only)) {
      log().warn({ state: sqlState(error) }, 'a part of a webhook cannot be stored and goes to quarantine');
      const payload = asBytes(eventOf(only));
      const details = `PostgreSQL refused it (${sqlState(error)})`;
      await commitOrSplit([
        { arrival: only.arrival, odd: { channelKey: null, reason: 'refused', details, payload } },
      ]);
    } else throw error;
  }
}

/** Conversations are touched first and jobs come last: a turn that is taken in between waits for these rows. */
async function write(tx: BatchTx, parts: Part[]) {
  const messages = parts.flatMap((part) => ('message' in part ? [part.message] : []));
  const statuses = parts.flatMap((part) => ('status' in part ? [part.status] : []));
  const preferences = parts.flatMap((part) => ('preference' in part ? [part.preference] : []));
  const odd = parts.flatMap((part) => ('odd' in part ? [{ at: part.arrival, ...part.odd }] : []));

  const now = new Date();
  const touched = await recordInbound(
    tx,
    messages.map(({ channel, event }) => ({
      ...event,
      channelId: channel.id,
      botOn: channel.botOn,
      writer: { tenantId: channel.tenantId, portfolioId: channel.portfolioId, ...event.person },
    })),
    now,
  );
  const wished = [
    ...(await hearWishes(tx, messages.flatMap(wishOf), now)),
    ...(await hearPreferences(tx, preferences, now)),
  ];
  const changed = await applyStatuses(
    tx,
    statuses.map(({ channel, event }) => ({
      ...event,
      tenantId: channel.tenantId,
      channelId: channel.id,
      messageId: ownId(event.callbackData),
    })),
  );
  await setAside(tx, odd);
  await enqueue(
    tx,
    'take-turns',
    touched
      .filter(({ owesTurn }) => owesTurn)
      .map(({ tenantId, conversationId }) => ({ tenantId, conversationId })),
    { shareOf: shareIn(messages) },
  );
  await enqueue(tx, 'deliver', freedBy(changed));
  return [...touched, ...changed, ...wished];
}

/** By what its tenant was sold; a tenant without a rate has the usual share. */
function shareIn(messages: Delivery['messages']) {
  const rates = new Map(messages.map(({ channel: { tenantId, peakRate } }) => [tenantId, peakRate]));
  return ({ tenantId }: { tenantId: string }) => rates.get(tenantId) ?? usualShare;
}

/** Only what a person wrote themselves, or tapped, can be such a word. */
function wishOf({ channel, event }: Delivery['messages'][number]) {
  if (!['text', 'button', 'button_reply'].includes(event.kind)) return [];
  const wish = wishIn(event.body, channel.words);
  if (wish === null) return [];
  const { tenantId, id: channelId } = channel;
  return [{ tenantId, channelId, wamid: event.wamid, wish, words: event.body }];
}

async function setAside(tx: BatchTx, odd: (Quarantined & { at: Date })[]) {
  if (odd.length === 0) return;
  await tx.db.$executeRaw`
    insert into quarantine (id, at, channel_key, reason, details, payload)
    select * from unnest(
      ${odd.map(() => newId())}::uuid[], ${odd.map((one) => one.at)}::timestamptz[],
      ${odd.map((one) => one.channelKey)}::text[], ${odd.map((one) => one.reason)}::text[],
      ${odd.map((one) => one.details)}::text[], ${odd.map((one) => one.payload)}::bytea[])`;
}

/** One line a commit, whatever it holds: at full load it is shared by many webhooks. */
function logCommit(parts: Part[], changed: { conversationId: string }[], began: number) {
  if (!log().isLevelEnabled('info')) return;
  const { message = 0, status = 0, preference: preferences, odd = 0 } = countWords(parts.map(kindOf));
  const conversations = someIds(changed.map(({ conversationId }) => conversationId));
  const ms = Math.round(performance.now() - began);
  log().info(
    { messages: message, statuses: status, preferences, quarantined: odd, conversations, ms },
    'webhooks committed',
  );
}

const kindOf = (part: Part) =>
  'message' in part ? 'message' : 'status' in part ? 'status' : 'odd' in part ? 'odd' : 'preference';

function eventOf(part: Exclude<Part, { odd: Quarantined }>) {
  if ('message' in part) return part.message.event;
  return 'status' in part ? part.status.event : part.preference.event;
}

/** What we gave along was our message's id; anything else there was not ours. */
const ownId = (callbackData: string | null) =>
  callbackData !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(callbackData)
    ? callbackData
    : null;
