import { buttonsIn, isPlain, summary } from '#server/conversations/message-kinds.ts';
import type { MessageStatus } from '#server/conversations/status.ts';
import { Prisma } from '#server/db/sql.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { beforeCursor, cursorAt } from './cursor.ts';
import { failureView } from './failure-view.ts';
import type { EventItem, MessageItem, ThreadItem, ThreadPage } from './views.ts';

const pageSize = 100;

type MessageRow = {
  id: string;
  at: Date;
  direction: 'inbound' | 'outbound';
  author: 'lead' | 'bot' | 'member';
  authorId: string | null;
  authorName: string | null;
  kind: string;
  body: string;
  content: unknown;
  status: MessageStatus | null;
  statusAt: Date | null;
  failure: unknown;
};
type EventRow = {
  id: string;
  at: Date;
  kind: string;
  actorId: string | null;
  actorName: string | null;
  detail: string | null;
};

/**
 * The newest messages and events of a conversation, or those before a cursor; oldest first. Refuses when the tenant has
 * none with this id.
 */
export async function readThread(
  tx: TenantTx,
  { userId, id, cursor }: { userId: string; id: string; cursor: string | null },
): Promise<ThreadPage> {
  const place = beforeCursor(cursor, Prisma.sql`x.at, x.id`);
  const messages = await readMessages(tx, id, place);
  const events = await readEvents(tx, id, place);
  const found: ThreadItem[] = [
    ...messages.map((row) => messageView(row, userId)),
    ...events.map((row) => eventView(row, userId)),
  ];
  if (found.length === 0) await refuseUnknown(tx, id);
  // One stream of both, so that a page ends where it ends, whatever stands there.
  const newestFirst = found.toSorted((a, b) =>
    a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1,
  );
  const page = newestFirst.slice(0, pageSize);
  const oldest = page.at(-1);
  const hasMore = found.length > pageSize && oldest !== undefined;
  return {
    items: page.toReversed(),
    before: hasMore ? cursorAt(new Date(oldest.at), oldest.id) : null,
  };
}

async function refuseUnknown({ db, tenantId }: TenantTx, id: string) {
  if (!(await db.conversation.findFirst({ where: { tenantId, id }, select: { id: true } })))
    throw new Refusal('not-found', 'no-conversation', 'This conversation does not exist.');
}

function readMessages(tx: TenantTx, id: string, place: Prisma.Sql) {
  return tx.db.$queryRaw<MessageRow[]>`
    select x.id, x.at, x.direction, x.author, x.author_id as "authorId", u.name as "authorName", x.kind, left(x.body, 10000) as body,
           x.content, x.status, x.failure,
           case x.status when 'read' then x.read_at when 'delivered' then x.delivered_at when 'failed' then x.failed_at
             when 'sent' then x.sent_at when 'accepted' then x.accepted_at when 'unknown' then x.unknown_at
             else x.queued_at end as "statusAt"
    from messages x left join users u on u.id = x.author_id
    where x.tenant_id = ${tx.tenantId}::uuid and x.conversation_id = ${id}::uuid ${place}
    order by x.at desc, x.id desc limit ${pageSize + 1}`;
}

function readEvents(tx: TenantTx, id: string, place: Prisma.Sql) {
  return tx.db.$queryRaw<EventRow[]>`
    select x.id, x.at, x.kind, x.actor_id as "actorId", u.name as "actorName", x.detail
    from conversation_events x left join users u on u.id = x.actor_id
    where x.tenant_id = ${tx.tenantId}::uuid and x.conversation_id = ${id}::uuid ${place}
    order by x.at desc, x.id desc limit ${pageSize + 1}`;
}

function messageView(row: MessageRow, userId: string): MessageItem {
  return {
    type: 'message',
    id: row.id,
    at: row.at.toISOString(),
    direction: row.direction,
    author: { kind: row.author, name: authorName(row), you: row.authorId === userId },
    kind: row.kind,
    body: summary(row.kind, row.body),
    buttons: buttonsIn(row.kind, row.content),
    status: row.status,
    statusAt: row.statusAt?.toISOString() ?? null,
    failure: row.status === 'failed' ? failureView(row.failure) : null,
    raw: isPlain(row.kind) || row.content === null ? null : JSON.stringify(row.content, null, 2),
  };
}

const authorName = ({ author, authorName: name }: MessageRow) =>
  author === 'bot' ? 'Bot' : author === 'lead' ? '' : (name ?? 'A former member');

const deeds = new Map([
  ['taken-over', 'took over'],
  ['handed-back', 'handed back to the bot'],
  ['closed', 'closed the conversation'],
  ['reopened', 'reopened the conversation'],
]);

const handOvers = new Map([
  ['window-closed', 'The bot could not answer: the 24-hour window was closed. A person takes it from here.'],
  ['bot-off', 'The bot is switched off here. A person takes it from here.'],
]);

function eventView(row: EventRow, userId: string): EventItem {
  const who = row.actorId === userId ? 'You' : (row.actorName ?? 'Somebody');
  const text =
    row.kind !== 'handed-over'
      ? `${who} ${deeds.get(row.kind) ?? row.kind}`
      : (handOvers.get(row.detail ?? '') ?? 'The bot handed over to a person');
  return { type: 'event', id: row.id, at: row.at.toISOString(), kind: row.kind, text };
}
