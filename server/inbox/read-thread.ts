import { buttonsIn, isPlain, passiveKinds, summary } from '#server/conversations/message-kinds.ts';
import type { MessageStatus } from '#server/conversations/status.ts';
import { Prisma } from '#server/db/sql.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { adviceFor } from '#server/whatsapp/failures.ts';
import { beforeCursor, cursorAt } from './cursor.ts';
import { failureView } from './failure-view.ts';
import type { EventItem, MessageItem, ThreadItem, ThreadPage } from './views.ts';

const pageSize = 100;
/** The newest page may be longer, to reach what its reader has not seen; beyond this they begin at the end. */
const farthestUnread = 1_000;
/** What was said right before, so that one sees what the first unread message is about. */
const shownBefore = 10;

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
  held: boolean;
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
  const size = Math.max(pageSize, cursor === null ? await reachOfUnread(tx, userId, id) : 0);
  const messages = await readMessages(tx, id, place, size + 1);
  const events = await readEvents(tx, id, place, size + 1);
  const copies = await readCopies(tx, id, messages.filter(isDoubtful));
  const found: ThreadItem[] = [
    ...messages.map((row) => messageView(row, userId, copies.get(row.id) ?? null)),
    ...events.map((row) => eventView(row, userId)),
  ];
  if (found.length === 0) await refuseUnknown(tx, id);
  // One stream of both, so that a page ends where it ends, whatever stands there.
  const newestFirst = found.toSorted((a, b) =>
    a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1,
  );
  const page = newestFirst.slice(0, size);
  const oldest = page.at(-1);
  const hasMore = found.length > size && oldest !== undefined;
  return {
    items: page.toReversed(),
    before: hasMore ? cursorAt(new Date(oldest.at), oldest.id) : null,
  };
}

async function refuseUnknown({ db, tenantId }: TenantTx, id: string) {
  if (!(await db.conversation.findFirst({ where: { tenantId, id }, select: { id: true } })))
    throw new Refusal('not-found', 'no-conversation', 'This conversation does not exist.');
}

/** How many of the newest messages and events it takes to show the first one that this member has not seen; 0 when all is seen. */
async function reachOfUnread({ db, tenantId }: TenantTx, userId: string, id: string): Promise<number> {
  const [count] = await db.$queryRaw<{ unread: number }[]>`
    select c.inbound_count - coalesce(r.read_count, 0) as unread
    from conversations c
    left join read_marks r on r.tenant_id = c.tenant_id and r.conversation_id = c.id and r.user_id = ${userId}::uuid
    where c.tenant_id = ${tenantId}::uuid and c.id = ${id}::uuid`;
  if (!count || count.unread <= 0 || count.unread > farthestUnread) return 0;
  const [reach] = await db.$queryRaw<{ items: number }[]>`
    with first as (
      select at, id from messages
      where tenant_id = ${tenantId}::uuid and conversation_id = ${id}::uuid and direction = 'inbound'
        and kind <> all(${passiveKinds}::text[])
      order by at desc, id desc offset ${count.unread - 1}::int limit 1
    )
    select ((select count(*) from messages x where x.tenant_id = ${tenantId}::uuid and x.conversation_id = ${id}::uuid
               and (x.at, x.id) >= (first.at, first.id))
            + (select count(*) from conversation_events x where x.tenant_id = ${tenantId}::uuid
                 and x.conversation_id = ${id}::uuid and x.at >= first.at))::int as items
    from first`;
  return reach ? Math.min(reach.items, farthestUnread) + shownBefore : 0;
}

function readMessages(tx: TenantTx, id: string, place: Prisma.Sql, most: number) {
  return tx.db.$queryRaw<MessageRow[]>`
    select x.id, x.at, x.direction, x.author, x.author_id as "authorId", u.name as "authorName", x.kind, left(x.body, 10000) as body,
           x.content, x.status, x.failure, x.held_at is not null as held,
           case x.status when 'read' then x.read_at when 'delivered' then x.delivered_at when 'failed' then x.failed_at
             when 'sent' then x.sent_at when 'accepted' then x.accepted_at when 'unknown' then x.unknown_at
             else x.queued_at end as "statusAt"
    from messages x left join users u on u.id = x.author_id
    where x.tenant_id = ${tx.tenantId}::uuid and x.conversation_id = ${id}::uuid ${place}
    order by x.at desc, x.id desc limit ${most}`;
}

const isDoubtful = ({ status }: MessageRow) => status === 'failed' || status === 'unknown';

/** Which messages said these once more, by the first one's id. */
async function readCopies(tx: TenantTx, id: string, doubtful: MessageRow[]): Promise<Map<string, string>> {
  const oldest = doubtful.at(-1);
  if (!oldest) return new Map();
  const copies = await tx.db.$queryRaw<{ id: string; again: string }[]>`
    select x.id, x.content->>'again' as again from messages x
    where x.tenant_id = ${tx.tenantId}::uuid and x.conversation_id = ${id}::uuid and x.at >= ${oldest.at}::timestamptz
      and x.author = 'member' and x.content->>'again' = any(${doubtful.map((row) => row.id)}::text[])`;
  return new Map(copies.map((copy) => [copy.again, copy.id]));
}

function readEvents(tx: TenantTx, id: string, place: Prisma.Sql, most: number) {
  return tx.db.$queryRaw<EventRow[]>`
    select x.id, x.at, x.kind, x.actor_id as "actorId", u.name as "actorName", x.detail
    from conversation_events x left join users u on u.id = x.actor_id
    where x.tenant_id = ${tx.tenantId}::uuid and x.conversation_id = ${id}::uuid ${place}
    order by x.at desc, x.id desc limit ${most}`;
}

function messageView(row: MessageRow, userId: string, sentAgainAs: string | null): MessageItem {
  return {
    type: 'message',
    id: row.id,
    at: row.at.toISOString(),
    direction: row.direction,
    author: { kind: row.author, name: authorName(row), you: row.authorId === userId },
    kind: row.kind,
    passive: row.direction === 'inbound' && passiveKinds.includes(row.kind),
    body: summary(row.kind, row.body),
    buttons: buttonsIn(row.kind, row.content),
    status: row.status,
    statusAt: row.statusAt?.toISOString() ?? null,
    held: row.held,
    failure: row.status === 'failed' ? failureView(row.failure) : null,
    sentAgainAs,
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
  ['blocked', 'blocked this person: nothing comes in or goes out'],
  ['unblocked', 'unblocked this person'],
]);

const handOvers = new Map([
  [
    'tenant-suspended',
    'The bot could not answer while the tenant was suspended. A person takes it from here.',
  ],
  ['window-closed', 'The bot could not answer: the 24-hour window was closed. A person takes it from here.'],
  ['bot-off', 'The bot is switched off here. A person takes it from here.'],
]);

function eventView(row: EventRow, userId: string): EventItem {
  const text =
    row.kind === 'opted-out' || row.kind === 'opted-in'
      ? consentText(row, userId)
      : row.kind === 'handed-over'
        ? handOverText(row.detail ?? '')
        : row.detail === 'lead-wrote'
          ? 'Opened again, because the lead wrote'
          : row.kind === 'returned'
            ? `${row.detail ?? 'Who answered'} is no longer in the team. Nobody answers now: somebody can take over.`
            : deedText(row, userId);
  return { type: 'event', id: row.id, at: row.at.toISOString(), kind: row.kind, text };
}

/** "keyword stop": how it is known, then the very words. */
function consentText({ kind, detail, actorId, actorName }: EventRow, userId: string): string {
  const isOut = kind === 'opted-out';
  const [source = '', ...rest] = (detail ?? '').split(' ');
  const words = rest.join(' ');
  const said = words === '' ? '' : `: “${words}”`;
  if (source === 'keyword')
    return isOut
      ? `Said “${words}”: wants no messages. Nobody can begin to write to them.`
      : `Said “${words}”: wants messages again.`;
  if (source === 'meta')
    return isOut ? `Stopped messages in WhatsApp${said}` : `Resumed messages in WhatsApp${said}`;
  if (source === 'failure') return 'WhatsApp says that they have stopped messages from businesses';
  const who = actorId === userId ? 'You' : (actorName ?? 'Somebody');
  return `${who} noted that they ${isOut ? 'want no messages' : 'agreed to messages'}${said}`;
}

function deedText({ actorId, actorName, kind, detail }: EventRow, userId: string): string {
  const who = actorId === userId ? 'You' : (actorName ?? 'Somebody');
  if (kind === 'assigned')
    return detail === null ? `${who} took an assignment back` : `${who} gave the conversation to ${detail}`;
  return `${who} ${deeds.get(kind) ?? kind}`;
}

function handOverText(detail: string): string {
  const [why, code] = detail.split(' ');
  if (why !== 'not-delivered') return handOvers.get(detail) ?? 'The bot handed over to a person';
  const reason = !code
    ? ''
    : code === 'suspended'
      ? ': the tenant was suspended'
      : `: ${lowerFirst(adviceFor(Number(code)).title)}`;
  return `The bot’s message did not arrive${reason}. A person takes it from here.`;
}

// "WhatsApp" and "Meta" are names.
const lowerFirst = (text: string) =>
  /^(WhatsApp|Meta)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
