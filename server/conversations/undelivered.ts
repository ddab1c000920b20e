import type { BatchTx } from '#server/db/as-batch.ts';
import { recordEvents } from './record-event.ts';

const failure = (reason: string, title: string) =>
  JSON.stringify({ reason, code: null, title, details: null });

/** Why a message of the bot's did not go out, as it is written into its row. */
export const withdrawn = failure('withdrawn', 'A person took over');
/** Why what waited for the day's quota does not go out any more. */
export const tooLate = failure(
  'held-too-long',
  'It waited for the day’s quota until the 24-hour window had closed',
);
/** Why nothing of a tenant's goes out. */
export const suspended = failure('suspended', 'The tenant was suspended');

/** Why what was meant for somebody who said STOP does not go out. */
export const optedOut = failure('opted-out', 'They want no messages');
/** Why nothing goes out to somebody who is blocked. */
export const blocked = failure('blocked', 'This person is blocked');

/** A conversation in which a message of the bot's failed for good, with Meta's code for it, or why else. */
export type Undelivered = { tenantId: string; conversationId: string; why: number | 'suspended' | null };

/**
 * A bot whose message did not arrive waits for an answer that cannot come, and the lead for the bot's: where it still
 * holds the conversation it becomes a person's, with a line that says why ("not-delivered 131026").
 */
export async function handOverUndelivered(tx: BatchTx, failed: Undelivered[]) {
  if (failed.length === 0) return;
  const whys = new Map(failed.map((one) => [one.conversationId, one]));
  // In a fixed order, so that two who hand over the same ones wait in one direction.
  const rows = [...whys.values()].toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
  const handedOver = await tx.db.$queryRaw<{ tenantId: string; conversationId: string; at: Date }[]>`
    update conversations c set holder = 'nobody', held_since = now()
    from unnest(${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.conversationId)}::uuid[])
         as f (tenant_id, id)
    where c.tenant_id = f.tenant_id and c.id = f.id and c.holder = 'bot'
    returning c.tenant_id as "tenantId", c.id as "conversationId", greatest(now(), c.last_at) as at`;
  await recordEvents(
    tx,
    handedOver.map((row) => ({
      ...{ ...row, kind: 'handed-over', actorId: null },
      detail: `not-delivered ${whys.get(row.conversationId)?.why ?? ''}`.trim(),
    })),
  );
}
