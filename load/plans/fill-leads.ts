import type { Database } from '#load/house/database.ts';

const atOnce = 25_000;

const first = [
  'Lucía',
  'Hannah',
  'Yuki',
  'João',
  'Priya',
  'Noah',
  'Ewa',
  'Karim',
  'Claire',
  'Diego',
  'Amara',
  'Liam',
];
const last = [
  'Fernández',
  'Vogt',
  'Tanaka',
  'Pereira',
  'Raman',
  'Mensah',
  'Nowak',
  'Haddad',
  'Dubois',
  'Salas',
  'Okonkwo',
];

/** Leads as a business has them: named, numbered, some labelled; every second has written, most of it is closed. */
export async function fillLeads(
  database: Database,
  tenantId: string,
  count: number,
  say: (done: number) => void,
): Promise<void> {
  await database.ask(
    `insert into labels (tenant_id, id, name) select $1, uuidv7(), name
     from unnest(array['Customer', 'Quote sent', 'Site visit', 'Rare']) as name on conflict do nothing`,
    [tenantId],
  );
  const [channel] = await database.ask<{ id: string }>(
    'select id from channels where tenant_id = $1 limit 1',
    [tenantId],
  );
  for (let done = 0; done < count; done += atOnce) {
    await database.ask(
      `with people as materialized (
         select uuidv7() as id, n from generate_series($2::int, $3::int) n
       ), made as (
         insert into leads (tenant_id, id, name, email, language, source, consent, fields, label_ids, created_at)
         select $1, p.id, ($4::text[])[1 + (n * 7) % cardinality($4::text[])] || ' ' || ($5::text[])[1 + (n / 5) % cardinality($5::text[])] || ' ' || n,
                case when n % 3 = 0 then 'person' || n || '@mail.example' end,
                (array['es', 'de', 'en', 'pt', null])[1 + n % 5], (array['import', 'wrote', 'ad'])[1 + n % 3],
                (array['unknown', 'in', 'out'])[1 + n % 3], jsonb_build_object('city', 'City ' || n % 900),
                case when n % 9973 = 0 then array(select id from labels where tenant_id = $1 and name = 'Rare')
                     when n % 4 = 0 then array(select id from labels where tenant_id = $1 and name = 'Customer') else '{}' end,
                now() - make_interval(mins => n)
         from people p
       ), numbered as (
         insert into addresses (tenant_id, id, lead_id, kind, scope, value, raw)
         select $1, uuidv7(), p.id, 'phone', '', '34' || 600000000 + n, '34' || 600000000 + n from people p
       )
       insert into conversations (tenant_id, id, channel_id, lead_id, open, holder, last_at, inbound_count, window_closes_at)
       select $1, uuidv7(), $6, p.id, hashint4(n + 7) % 11 = 0, 'nobody', now() - make_interval(mins => n), 1,
              now() - make_interval(mins => n) + interval '24 hours'
       from people p where hashint4(n) % 2 = 0`,
      [tenantId, done + 1, Math.min(count, done + atOnce), first, last, channel?.id],
    );
    say(Math.min(count, done + atOnce));
  }
}
