import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { fingerprintOf, holdsWord, makeMatrixTenant } from '#server/testing/matrix-tenant.ts';
import type { MatrixTenant } from '#server/testing/procedure-rows.ts';
import { call, ofTenants, secretsOf, text } from '#server/testing/procedures.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';

const { owner: database } = testDatabase();
// Letters may be written here, and go nowhere.
process.env['PARLEY_DEMO'] = '1';
simulatedMetaWithWeb();

let [mine, theirs]: MatrixTenant[] = [];
const own = () => mine ?? expect.fail();
const other = () => theirs ?? expect.fail();

beforeAll(async () => {
  mine = await makeMatrixTenant(database);
  theirs = await makeMatrixTenant(database);
  await untilStill(theirs.id);
}, 180_000);

/** What was begun while a tenant was made (a send, a check) ends by itself, and may not be taken for a change. */
async function untilStill(tenantId: string) {
  for (let last = '', still = 0; still < 5; ) {
    const now = await fingerprintOf(database, tenantId);
    still = now === last ? still + 1 : 0;
    last = now;
    await sleep(200);
  }
}

/** What was given before: another tenant's id may have become one's own name, and is no secret when one reads it there. */
const written = new Set<string>();
const isOwnWriting = async (word: string) => written.has(word) && (await holdsWord(database, own().id, word));

test.each(ofTenants)(
  '$path takes anything else calmly: no bug, nothing of another tenant, nothing changed there',
  async ({ path, fields, row }) => {
    const before = await fingerprintOf(database, other().id);
    const right: Record<string, unknown> = row.input(own());
    const foreign = [...Object.values(other().ids), other().conversationId, other().owner.id, other().slug];
    const value = (field: string) =>
      fc.oneof(
        fc.constant(right[field]),
        fc.constantFrom(...foreign),
        fc.array(fc.constantFrom(...foreign), { maxLength: 3 }),
        fc.uuid(),
        fc.string(),
        fc.integer(),
        fc.constantFrom(null, undefined, true, {}, '', '\0', '\ud800', '%', "' or true --", '../x'),
      );
    const names = [...new Set([...Object.keys(right), ...fields])].filter((field) => field !== 'tenant');
    const input = fc.record({
      ...Object.fromEntries(names.map((name) => [name, value(name)])),
      tenant: fc.oneof(
        { weight: 4, arbitrary: fc.constant(own().slug) },
        fc.constantFrom(other().slug, '', '%'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        const { code, message, said } = await call(own().owner, path, given);
        expect(code, message).not.toBe('INTERNAL_SERVER_ERROR');
        const [asked, told] = [text(given), text(said) + message];
        for (const secret of secretsOf(other())) {
          if (asked.includes(secret)) written.add(secret);
          else if (told.includes(secret)) expect(await isOwnWriting(secret), `told ${secret}`).toBe(true);
        }
        await openAgain(own());
      }),
      { numRuns: names.length === 0 ? 3 : 12 },
    );
    expect(await fingerprintOf(database, other().id)).toBe(before);
  },
);

/** What a fuzzed call may have closed or taken away in one's own tenant, so that the next one is about something too. */
async function openAgain({ id, owner, admin, agent }: MatrixTenant) {
  await database.query(
    `update tenants set state = 'active', suspended_at = null, delete_asked_at = null, delete_after = null where id = $1`,
    [id],
  );
  for (const [user, role] of [
    [owner, 'owner'],
    [admin, 'admin'],
    [agent, 'agent'],
  ] as const)
    await database.query(
      `insert into members (tenant_id, user_id, role) values ($1, $2, $3)
       on conflict (tenant_id, user_id) do update set role = excluded.role where members.role <> excluded.role`,
      [id, user.id, role],
    );
}
