import { beforeAll, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { startImport } from '#server/imports/start-import.ts';
import { workImports } from '#server/imports/work-import.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { standardColumns } from './columns.ts';
import { runExports } from './run-exports.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
const kinds = ['text', 'number', 'date', 'choice', 'boolean'];
// What a spreadsheet would run, what the guard puts before it, and what a CSV file has to put into quotes.
const names = [
  '=1+1',
  "'=1+1",
  "''@SUM(A1)",
  '+49',
  '-2',
  '@home',
  '＝x',
  'Ana "Ann", B; C',
  'two\nlines',
  "O'Neill",
  "'tis",
  'سارة',
  '👩‍👩‍👧 Ana',
];

beforeAll(async () => {
  tenant = await makeTenant();
  const { id } = tenant;
  const labels = await owner.query(
    `insert into labels (tenant_id, id, name) select $1, uuidv7(), name from unnest($2::text[]) as name returning id`,
    [id, ['Customer', '=Fair 2026', "'quoted", 'Two words']],
  );
  await owner.query(
    `insert into lead_fields (tenant_id, key, name, kind, choices)
     select $1, 'of_' || kind, 'A ' || kind, kind, case kind when 'choice' then array['=One', 'Two'] else '{}' end
     from unnest($2::text[]) as kind`,
    [id, kinds],
  );
  const people = names.map((name, index) => ({
    ...{ id: newId(), name, email: index % 2 ? `a+${index}@b.example` : null },
    ...{ language: [null, 'pt-BR', 'ar'][index % 3], consent: ['unknown', 'in', 'out'][index % 3] },
    labels: labels.rows.slice(0, index % 5).map((label) => label.id),
    phone: ['5215512345670', '5491123456780', '5511987654321', '4915112345670'][index % 4]?.replace(
      /..$/,
      String(10 + index),
    ),
    fields:
      index % 4 === 3
        ? {}
        : {
            ...{ of_text: name, of_number: [-1.5, 0, 1e21][index % 3], of_date: '2026-02-03' },
            ...{ of_choice: index % 2 ? '=One' : 'Two', of_boolean: index % 2 === 0 },
          },
  }));
  await owner.query(
    `with p as materialized (select * from json_to_recordset($2) as p (
       id uuid, name text, email text, language text, consent text, labels uuid[], phone text, fields jsonb)
     ), made as (
       insert into leads (tenant_id, id, name, profile_name, username, email, language, consent, label_ids, fields, source, blocked_at)
       select $1, id, name, '=profile', '@user', email, language, consent, labels, fields, 'wrote', now() from p
     ), reached as (
       insert into addresses (tenant_id, id, lead_id, kind, scope, value, raw)
       select $1, uuidv7(), id, 'phone', '', regexp_replace(phone, '^(52)1|^(54)9', '\\1\\2'), phone from p
     )
     insert into consents (tenant_id, id, lead_id, state, source, proof)
     select $1, uuidv7(), id, consent, 'hand', '=said' from p where consent <> 'unknown'`,
    [id, JSON.stringify(people)],
  );
});

/** All that an import could change, as it is. */
const everything = async () =>
  (
    await owner.query(
      `select to_jsonb(l) as lead, (select count(*)::int from labels where tenant_id = $1) as labels,
              (select count(*)::int from lead_fields where tenant_id = $1) as fields,
              (select count(*)::int from consents where tenant_id = $1) as consents
       from leads l where tenant_id = $1 order by id`,
      [tenant.id],
    )
  ).rows;

test.each(['csv', 'xlsx'] as const)(
  'a whole file as %s comes in again and changes nothing',
  async (format) => {
    const before = await everything();
    const exports = memberCaller(tenant, tenant.owner).exports;
    const columns = [...standardColumns.map(({ key }) => key), ...kinds.map((kind) => `field:of_${kind}`)];
    const { id } = await exports.order({
      ...{ tenant: tenant.slug, format, columns },
      who: { filter: { search: '', join: 'all', conditions: [] } },
    });
    await runExports([{ tenantId: tenant.id, exportId: id }]);
    const { pieces, name } = await exports.open({ tenant: tenant.slug, id });

    const actor = { userId: tenant.owner.id, name: 'Ines', address: null, device: null };
    const file = await startImport(tenant.id, actor, { name, bytes: pieces });
    const imports = memberCaller(tenant, tenant.owner).imports;
    const look = async () => {
      await workImports([{ tenantId: tenant.id, importId: file.id }]);
      return imports.get({ tenant: tenant.slug, id: file.id });
    };
    while ((await look()).state !== 'checked');
    await imports.run({
      ...{ tenant: tenant.slug, id: file.id, onKnown: 'overwrite', pace: 'full', label: null },
    });
    while ((await look()).state === 'running');
    const problems = await imports.problems({ tenant: tenant.slug, id: file.id, kind: 'refused' });
    expect(problems).toEqual([]);
    expect(await look()).toMatchObject({
      ...{ state: 'finished', unchanged: names.length, created: 0, updated: 0, refused: 0, doubled: 0 },
    });
    expect(await everything()).toEqual(before);
  },
);
