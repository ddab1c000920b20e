import { summary } from '#server/conversations/message-kinds.ts';
import type { MessageStatus } from '#server/conversations/status.ts';
import { Prisma } from '#server/db/sql.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { failureView } from '#server/inbox/failure-view.ts';
import type { FailureView } from '#server/inbox/views.ts';
import { type Step, stepsOf } from './steps.ts';

/** How far a tenant is on its way to the first answered message. Times are ISO 8601. */
export type Progress = {
  steps: Step[];
  /** Nobody has to be reminded of it: it was finished, dismissed, or never begun. */
  closed: boolean;
  /** The number that is tried out. `phone`: digits with the country's code. */
  number: { name: string; phoneNumberId: string; phone: string; botOn: boolean } | null;
  /** The script that is published, by name. */
  script: string | null;
  /** What came in, and what went out for it. */
  received: { at: string; text: string; conversationId: string } | null;
  answer: {
    at: string;
    text: string;
    status: MessageStatus;
    byBot: boolean;
    failure: FailureView | null;
  } | null;
};

/** Reads it from what really is there, so that it is right wherever somebody left off, and whoever did what. */
export async function readProgress(tx: TenantTx): Promise<Progress> {
  const stored = await tx.db.onboarding.findUnique({
    where: { tenantId: tx.tenantId },
    select: { skipped: true, closedAt: true },
  });
  const number = await readNumber(tx);
  const script = number ? number.script : await readScript(tx);
  const test = await readTest(tx);
  const facts = {
    ...{ number: number !== null, leads: await hasImportedLeads(tx), answered: test?.isAnswered ?? false },
    script: script !== null && (number?.botOn ?? true),
  };
  return {
    steps: stepsOf(facts, stored?.skipped ?? []),
    closed: stored === null || stored.closedAt !== null,
    number: number && {
      ...{ name: number.name, phoneNumberId: number.phoneNumberId, phone: number.phone, botOn: number.botOn },
    },
    script,
    received: test && receivedView(test),
    answer: test && answerView(test),
  };
}

type NumberRow = {
  name: string;
  phoneNumberId: string;
  phone: string;
  botOn: boolean;
  script: string | null;
};

/** Of several numbers the one whose bot answers, and the one that was there first. */
async function readNumber({ db, tenantId }: TenantTx): Promise<NumberRow | null> {
  const [row] = await db.$queryRaw<NumberRow[]>`
    select c.name, c.phone_number_id as "phoneNumberId", c.display_phone_number as phone, c.bot_on as "botOn",
           s.name as script
    from channels c left join scripts s on s.tenant_id = c.tenant_id and s.id = c.script_id
    where c.tenant_id = ${tenantId}::uuid and c.disconnected_at is null
    order by c.bot_on and s.id is not null desc, c.created_at, c.id limit 1`;
  return row ?? null;
}

/** The one that was published last waits for a number. */
async function readScript({ db, tenantId }: TenantTx): Promise<string | null> {
  const newest = await db.scriptVersion.findFirst({
    where: { tenantId },
    orderBy: { id: 'desc' },
    select: { parent: { select: { name: true } } },
  });
  return newest?.parent.name ?? null;
}

/** Whoever is in no conversation has not written, so somebody brought them. */
async function hasImportedLeads({ db, tenantId }: TenantTx): Promise<boolean> {
  const [row] = await db.$queryRaw<{ found: boolean }[]>`
    select exists (
      select from leads l where l.tenant_id = ${tenantId}::uuid and l.deleted_at is null
        and not exists (select from conversations c where c.tenant_id = l.tenant_id and c.lead_id = l.id)
    ) as found`;
  return row?.found ?? false;
}

type TestRow = {
  conversationId: string;
  receivedAt: Date;
  receivedKind: string;
  received: string;
  answerAt: Date | null;
  answerKind: string | null;
  answer: string | null;
  author: string | null;
  status: MessageStatus | null;
  failure: unknown;
};

/**
 * The newest conversation in which what somebody wrote was answered, with the last answer and what it answers; without
 * any, the newest message that came in and what became of its answer.
 */
async function readTest(tx: TenantTx): Promise<(TestRow & { isAnswered: boolean }) | null> {
  const { db, tenantId } = tx;
  const [answered] = await db.$queryRaw<TestRow[]>`
    with ${recent(tenantId)}
    select r.id as "conversationId", i.at as "receivedAt", i.kind as "receivedKind", left(i.body, 500) as received,
           a.at as "answerAt", a.kind as "answerKind", left(a.body, 500) as answer, a.author, a.status, a.failure
    from recent r
    cross join lateral (
      select x.* from messages x
      where x.tenant_id = ${tenantId}::uuid and x.conversation_id = r.id and x.direction = 'outbound'
        and x.status = any(${arrived}::text[])
      order by x.at desc, x.id desc limit 1
    ) a
    cross join lateral (
      select x.* from messages x
      where x.tenant_id = ${tenantId}::uuid and x.conversation_id = r.id and x.direction = 'inbound' and x.at <= a.at
      order by x.at desc, x.id desc limit 1
    ) i
    order by a.at desc limit 1`;
  if (answered) return { ...answered, isAnswered: true };
  const [waiting] = await db.$queryRaw<TestRow[]>`
    with ${recent(tenantId)}
    select r.id as "conversationId", i.at as "receivedAt", i.kind as "receivedKind", left(i.body, 500) as received,
           a.at as "answerAt", a.kind as "answerKind", left(a.body, 500) as answer, a.author, a.status, a.failure
    from recent r
    cross join lateral (
      select x.* from messages x
      where x.tenant_id = ${tenantId}::uuid and x.conversation_id = r.id and x.direction = 'inbound'
      order by x.at desc, x.id desc limit 1
    ) i
    left join lateral (
      select x.* from messages x
      where x.tenant_id = ${tenantId}::uuid and x.conversation_id = r.id and x.direction = 'outbound' and x.at >= i.at
      order by x.at, x.id limit 1
    ) a on true
    order by i.at desc limit 1`;
  return waiting ? { ...waiting, isAnswered: false } : null;
}

/** Once the wire has taken a message, whoever wrote has their answer. */
const arrived = ['accepted', 'sent', 'delivered', 'read'] satisfies MessageStatus[];

const recent = (tenantId: string) => Prisma.sql`recent as (
  select id from conversations
  where tenant_id = ${tenantId}::uuid and open and inbound_count > 0 order by last_at desc, id desc limit 20
)`;

const receivedView = (row: TestRow): Progress['received'] => ({
  at: row.receivedAt.toISOString(),
  text: summary(row.receivedKind, row.received),
  conversationId: row.conversationId,
});

function answerView(row: TestRow): Progress['answer'] {
  if (!row.answerAt || !row.status) return null;
  return {
    at: row.answerAt.toISOString(),
    text: summary(row.answerKind ?? 'text', row.answer ?? ''),
    status: row.status,
    byBot: row.author === 'bot',
    failure: row.status === 'failed' ? failureView(row.failure) : null,
  };
}
