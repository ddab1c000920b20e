import { summary } from '#server/conversations/message-kinds.ts';
import type { MessageStatus } from '#server/conversations/status.ts';
import { Prisma } from '#server/db/sql.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { beforeCursor, cursorAt, readCursor } from './cursor.ts';
import { failureView } from './failure-view.ts';
import type { ConversationPage, ConversationRow, Holder } from './views.ts';

export const tabs = ['mine', 'unassigned', 'all', 'closed'] as const;
export type Tab = (typeof tabs)[number];

const pageSize = 50;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** No name is longer; whoever pastes a letter into the search finds nobody. */
const longestSearch = 200;

type Row = {
  id: string;
  name: string | null;
  profileName: string | null;
  username: string | null;
  phone: string | null;
  channel: string | null;
  lastAt: Date;
  kind: string | null;
  body: string | null;
  direction: 'inbound' | 'outbound' | null;
  status: MessageStatus | null;
  failure: unknown;
  unread: number;
  holder: string;
  assigneeId: string | null;
  assigneeName: string | null;
  open: boolean;
  windowClosesAt: Date | null;
};

/** A page of conversations as a member sees them, newest first. A search looks through every tab. */
export async function listConversations(
  tx: TenantTx,
  { userId, tab, search, cursor }: { userId: string; tab: Tab; search: string; cursor: string | null },
): Promise<ConversationPage> {
  const where =
    search === ''
      ? Prisma.sql`${whereTab(tab, userId)} ${ofThoseThere} ${beforeCursor(cursor, Prisma.sql`c.last_at, c.id`)}`
      : Prisma.sql`and c.id = any(${await find(tx, search, cursor)}::uuid[])`;
  const rows = await readRows(tx, userId, where, pageSize + 1);
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const next = rows.length > pageSize && last ? cursorAt(last.lastAt, last.id) : null;
  return { rows: page.map((row) => rowView(row, userId)), next };
}

/** One conversation as the list shows it; undefined when the tenant has none with this id. */
export async function readConversationRow(
  tx: TenantTx,
  userId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  const [row] = await readRows(tx, userId, Prisma.sql`and c.id = ${id}::uuid`, 1);
  return row && rowView(row, userId);
}

/**
 * Limit first, then join: with tenant-first keys the planner guesses the join too small and would hash the whole
 * tenant before it limits (18 times slower, measured on a million messages).
 */
function readRows(tx: TenantTx, userId: string, where: Prisma.Sql, most: number) {
  return tx.db.$queryRaw<Row[]>`
    select c.id, l.name, l.profile_name as "profileName", l.username, c.last_at as "lastAt",
           case when several.channels then case when several.names then ch.name else ch.display_phone_number end end as channel,
           (select raw from addresses a where a.tenant_id = c.tenant_id and a.lead_id = c.lead_id and a.kind = 'phone' limit 1) as phone,
           m.kind, left(m.body, 300) as body, m.direction, m.status, m.failure,
           greatest(0, c.inbound_count - coalesce(r.read_count, 0)) as unread,
           c.holder, c.assignee_id as "assigneeId", u.name as "assigneeName", c.open,
           c.window_closes_at as "windowClosesAt"
    from (
      select * from conversations c where c.tenant_id = ${tx.tenantId}::uuid ${where}
      order by c.last_at desc, c.id desc limit ${most}
    ) c
    join leads l on l.tenant_id = c.tenant_id and l.id = c.lead_id
    join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    cross join (
      select count(*) > 1 as channels, count(*) = count(distinct name) as names
      from channels where tenant_id = ${tx.tenantId}::uuid
    ) several
    left join messages m on m.tenant_id = c.tenant_id and m.id = c.last_message_id
    left join read_marks r on r.tenant_id = c.tenant_id and r.conversation_id = c.id and r.user_id = ${userId}::uuid
    left join users u on u.id = c.assignee_id
    order by c.last_at desc, c.id desc`;
}

/** Deleted leads' conversations are in no list. A look at each row's lead, which no planner makes a join of. */
export const ofThoseThere = Prisma.sql`
  and (select l.deleted_at is null and l.merged_into is null from leads l
       where l.tenant_id = c.tenant_id and l.id = c.lead_id)`;

function whereTab(tab: Tab, userId: string) {
  if (tab === 'closed') return Prisma.sql`and not c.open`;
  if (tab === 'mine')
    return Prisma.sql`and c.open and c.holder = 'member' and c.assignee_id = ${userId}::uuid`;
  if (tab === 'unassigned') return Prisma.sql`and c.open and c.holder = 'nobody'`;
  return Prisma.sql`and c.open`;
}

/** The ids of a page of conversations whose lead has each of the words in the name, or the digits in the number. */
async function find(tx: TenantTx, search: string, cursor: string | null): Promise<string[]> {
  if (search.length > longestSearch) return [];
  // User names are shown with their sign, and kept without.
  const words = search.replace(/^@/, '');
  const digits = /^[\d\s()+./-]+$/.test(search) ? search.replace(/\D/g, '').replace(/^0+/, '') : '';
  const { at = null, id = lastId } = readCursor(cursor) ?? {};
  const found = await tx.db.$queryRaw<{ id: string }[]>`
    select found as id from search_conversations(${words}, ${digits}, ${at}::timestamptz, ${id}::uuid, ${pageSize + 1}::int) found`;
  return found.map((row) => row.id);
}

function rowView(row: Row, userId: string): ConversationRow {
  const { kind, body, direction } = row;
  return {
    id: row.id,
    name: row.name ?? row.profileName ?? (row.phone ? `+${row.phone}` : `@${row.username ?? 'unknown'}`),
    phone: row.phone,
    channel: row.channel,
    lastAt: row.lastAt.toISOString(),
    preview:
      kind !== null && body !== null && direction !== null
        ? {
            kind,
            direction,
            text: summary(kind, body),
            status: row.status,
            failure: row.status === 'failed' ? (failureView(row.failure)?.title ?? null) : null,
          }
        : null,
    unread: row.unread,
    holder: holderView(row, userId),
    open: row.open,
    windowClosesAt: row.windowClosesAt?.toISOString() ?? null,
  };
}

function holderView({ holder, assigneeId, assigneeName }: Row, userId: string): Holder {
  if (holder === 'bot') return { kind: 'bot' };
  if (holder !== 'member' || assigneeId === null) return { kind: 'nobody' };
  return {
    kind: 'member',
    userId: assigneeId,
    name: assigneeName ?? 'A former member',
    you: assigneeId === userId,
  };
}
