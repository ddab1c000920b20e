import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { publishEverything } from '#server/realtime/publish.ts';

/** Percent of a day's quota at which people are told. */
export const warningLevels = [80, 100] as const;

type Crossed = {
  tenantId: string;
  quota: 'messages' | 'active_conversations' | 'leads';
  level: number;
  used: number;
  most: number;
  name: string;
  slug: string;
  renewsAt: Date;
  timeZone: string;
};

// Counting everybody's leads takes a while, and nobody has many more of them within minutes. Milliseconds.
const leadsEvery = 3_600_000;
let leadsCounted = Number.NEGATIVE_INFINITY;

/**
 * Tells whoever spent most of a day's quota, or all of it, once a day each, and whoever has most of their leads, once a
 * month: in the app, and to the owners by letter.
 */
export async function warnOfQuotas(now = new Date()): Promise<void> {
  const countLeads = now.getTime() - leadsCounted >= leadsEvery;
  if (countLeads) leadsCounted = now.getTime();
  await asPlatform(async (tx) => {
    const crossed = [...(await noteCrossed(tx, now)), ...(countLeads ? await noteManyLeads(tx, now) : [])];
    // Whoever jumped over both hears of the last one.
    const worst = new Map(crossed.map((one) => [`${one.tenantId} ${one.quota}`, one]));
    const tenants = new Set(crossed.map(({ tenantId }) => tenantId));
    for (const tenantId of tenants) await publishEverything({ db: tx.db, tenantId });
    for (const one of worst.values()) await writeToOwners(tx, one);
  });
}

const noteCrossed = ({ db }: PlatformTx, now: Date) =>
  db.$queryRaw<Crossed[]>`
    with spent as materialized (
      select u.tenant_id, u.day, sum(u.outbound)::int as messages, sum(u.active)::int as active_conversations
      from usage u join tenants t on t.id = u.tenant_id
      -- Somewhere it is the day before, or the day after; the index finds these three.
      where u.day between ${now}::date - 1 and ${now}::date + 1
        and u.day = usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz)
      group by u.tenant_id, u.day
    ), reached as (
      select s.tenant_id, s.day, of.quota, of.used, of.most, level
      from spent s join tenant_quotas q on q.tenant_id = s.tenant_id
      cross join lateral (values ('messages', s.messages, q.messages),
                                 ('active_conversations', s.active_conversations, q.active_conversations)) as of (quota, used, most)
      cross join unnest(${[...warningLevels]}::int[]) as level
      where of.most is not null and of.used::bigint * 100 >= of.most::bigint * level
    ), noted as (
      insert into quota_warnings (tenant_id, day, quota, level, at)
      select tenant_id, day, quota, level, ${now}::timestamptz from reached order by tenant_id, day, quota, level
      on conflict do nothing
      returning tenant_id, day, quota, level
    )
    select n.tenant_id as "tenantId", n.quota, n.level, r.used, r.most, t.name, t.slug, t.time_zone as "timeZone",
           usage_renews_at(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz) as "renewsAt"
    from noted n join reached r using (tenant_id, day, quota, level) join tenants t on t.id = n.tenant_id
    order by n.tenant_id, n.quota, n.level`;

const noteManyLeads = ({ db }: PlatformTx, now: Date) =>
  db.$queryRaw<Crossed[]>`
    with present as materialized (
      select q.tenant_id, q.leads as most,
             (select count(*)::int from leads l
              where l.tenant_id = q.tenant_id and l.deleted_at is null and l.merged_into is null) as used
      from tenant_quotas q where q.leads > 0
    ), noted as (
      insert into quota_warnings (tenant_id, day, quota, level, at)
      select tenant_id, date_trunc('month', ${now}::timestamptz)::date, 'leads', level, ${now}::timestamptz
      from present cross join unnest(${[...warningLevels]}::int[]) as level
      where used::bigint * 100 >= most::bigint * level order by tenant_id, level
      on conflict do nothing
      returning tenant_id, level
    )
    select n.tenant_id as "tenantId", 'leads' as quota, n.level, p.used, p.most, t.name, t.slug,
           t.time_zone as "timeZone", ${now}::timestamptz as "renewsAt"
    from noted n join present p using (tenant_id) join tenants t on t.id = n.tenant_id
    order by n.tenant_id, n.level`;

async function writeToOwners(tx: PlatformTx, crossed: Crossed) {
  if (mailWay() === 'none') return;
  const { tenantId, slug } = crossed;
  const owners = await tx.db.member.findMany({
    where: { tenantId, role: 'owner' },
    select: { user: { select: { email: true } } },
    orderBy: { userId: 'asc' },
  });
  const letter = { ...warningLetter(crossed), link: `${env().APP_URL}/t/${slug}/settings`, tenantId };
  for (const { user } of owners) await queueMail(tx, { to: user.email, ...letter });
}

function warningLetter(crossed: Crossed) {
  const { quota, level, used, most, name, renewsAt, timeZone } = crossed;
  const number = (count: number) => count.toLocaleString('en');
  if (quota === 'leads')
    return {
      subject: `${name}: ${level < 100 ? `${level} % of` : 'all of'} its leads are in use`,
      text: [
        `${name} has ${number(used)} leads of the ${number(most)} that its tier grants.`,
        'When there is no more room, lists cannot be imported and nobody can be added by hand. Whoever writes in is always kept.',
        'Delete those that you do not need any more, or ask for more on the page below.',
      ].join('\n\n'),
    };
  const time = renewsAt.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const what = quota === 'messages' ? 'messages' : 'active conversations';
  const whatFollows =
    quota === 'active_conversations'
      ? 'Everything goes on as before; if this is a usual day, a larger tier fits better.'
      : level < 100
        ? 'When it is used up, the bot’s replies are held until it renews, and members cannot send.'
        : 'The bot’s replies are held until it renews, and members cannot send. What people write still comes in.';
  return {
    subject: `${name}: ${level < 100 ? `${level} % of` : 'all of'} today’s ${what} ${level < 100 ? 'are used' : 'are used up'}`,
    text: [
      `${name} has used ${number(used)} of its ${number(most)} ${what} a day.`,
      whatFollows,
      `The quota renews at ${time} (${timeZone}). You can ask for more on the page below.`,
    ].join('\n\n'),
  };
}
