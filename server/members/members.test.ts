import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { beginSession } from '#server/auth/sessions.ts';
import { lockConversation, takeOver } from '#server/conversations/take-over.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { sqlState } from '#server/db/sql-state.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { createCaller } from '#server/router.ts';
import { findMember } from '#server/tenants/find-member.ts';
import type { Role } from '#server/tenants/roles.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;

beforeEach(async () => {
  tenant = await makeTenant();
});

type User = TestTenant['agent'];

async function addMember(name: string, role: Role): Promise<User> {
  const id = newId();
  const email = `${name.toLowerCase()}@${tenant.slug}.example`;
  await owner.query("insert into users (id, email, name, password_hash) values ($1, $2, $3, '-')", [
    id,
    email,
    name,
  ]);
  await owner.query('insert into members (tenant_id, user_id, role) values ($1, $2, $3)', [
    tenant.id,
    id,
    role,
  ]);
  return asPlatform(({ db }) => db.user.findFirstOrThrow({ where: { id } }));
}

const as = (user: User) => memberCaller(tenant, user).members;
const roleOf = async (user: User) => (await findMember(user.id, tenant.slug))?.role;
const at = () => ({ tenant: tenant.slug });
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code: string; cause?: { reason?: string } }) => error.cause?.reason ?? error.code,
  );
async function audited(action: string) {
  const { rows } = await owner.query(
    'select actor_name as who, subject, details, address from audit where tenant_id = $1 and action = $2',
    [tenant.id, action],
  );
  return rows;
}

test('members are listed with their roles, owners first, to each of them', async () => {
  await addMember('Bea', 'admin');
  const rows = await as(tenant.agent).list(at());
  expect(rows.map(({ name, role, you }) => [name, role, you])).toEqual([
    ['Ines', 'owner', false],
    ['Bea', 'admin', false],
    ['Mara', 'agent', true],
  ]);
});

describe('a role', () => {
  test('is changed, and who did it is written down', async () => {
    await as(tenant.owner).changeRole({ ...at(), userId: tenant.agent.id, role: 'admin' });
    expect(await roleOf(tenant.agent)).toBe('admin');
    expect(await audited('member.role-changed')).toEqual([
      {
        ...{ who: 'Ines', subject: `Mara (${tenant.agent.email})`, address: testFrom.address },
        details: { from: 'agent', to: 'admin' },
      },
    ]);
  });

  test('that is the same already changes nothing, and nothing is written', async () => {
    await as(tenant.owner).changeRole({ ...at(), userId: tenant.agent.id, role: 'agent' });
    expect(await audited('member.role-changed')).toEqual([]);
  });

  test('is changed by no agent, and an admin touches no owner', async () => {
    const bea = await addMember('Bea', 'admin');
    const change = (user: User, target: User, role: Role) =>
      refused(as(user).changeRole({ ...at(), userId: target.id, role }));
    expect(await change(tenant.agent, tenant.agent, 'owner')).toBe('role');
    expect(await change(bea, tenant.owner, 'agent')).toBe('owner');
    expect(await change(bea, bea, 'owner')).toBe('owner');
    expect(await roleOf(tenant.owner)).toBe('owner');
  });

  test('of somebody who is no member is nobody’s', async () => {
    const stranger = (await makeTenant()).agent;
    expect(await refused(as(tenant.owner).changeRole({ ...at(), userId: stranger.id, role: 'admin' }))).toBe(
      'no-member',
    );
  });
});

describe('who is removed', () => {
  async function holding(user: User) {
    const ids: string[] = [];
    for (const from of ['16505550001', '16505550002']) {
      await receive(textWebhook(tenant.phoneNumberId, { from, wamid: `${tenant.slug}.${from}` }));
      const { rows } = await owner.query(
        'select c.id from conversations c join addresses a on a.tenant_id = c.tenant_id and a.lead_id = c.lead_id where c.tenant_id = $1 and a.value = $2',
        [tenant.id, from],
      );
      ids.push(rows[0].id);
      await memberCaller(tenant, user).inbox.takeOver({ ...at(), conversationId: rows[0].id });
    }
    return ids;
  }

  test('leaves what they held to the team, closed conversations too, and the history says so', async () => {
    const [open = '', closed = ''] = await holding(tenant.agent);
    await memberCaller(tenant).inbox.close({ ...at(), conversationId: closed });
    expect(await as(tenant.owner).list(at())).toContainEqual(
      expect.objectContaining({ name: 'Mara', holds: 1 }),
    );
    expect(await as(tenant.owner).remove({ ...at(), userId: tenant.agent.id })).toEqual({ returned: 1 });
    const { rows } = await owner.query(
      'select id, holder, assignee_id, open from conversations where tenant_id = $1 order by open desc',
      [tenant.id],
    );
    expect(rows).toEqual([
      { id: open, holder: 'nobody', assignee_id: null, open: true },
      { id: closed, holder: 'nobody', assignee_id: null, open: false },
    ]);
    const boss = memberCaller(tenant, tenant.owner).inbox;
    expect((await boss.counts(at())).unassigned).toBe(1);
    const { items } = await boss.thread({ ...at(), id: open });
    expect(items.at(-1)).toMatchObject({
      type: 'event',
      text: 'Mara is no longer in the team. Nobody answers now: somebody can take over.',
    });
    expect(await audited('member.removed')).toMatchObject([
      { who: 'Ines', details: { role: 'agent', conversations: 1 } },
    ]);
  });

  test('sees the tenant no more, and the open page ends at once', async () => {
    const sid = await beginSession(tenant.agent.id, 'a browser');
    const caller = createCaller({
      user: { ...tenant.agent, confirmed: true, secondFactor: false, sid },
      from: testFrom,
    });
    const stream = (await caller.inbox.live(at()))[Symbol.asyncIterator]();
    await stream.next();
    // Once LISTEN has begun it is told to fetch everything.
    await sleep(500);
    await as(tenant.owner).remove({ ...at(), userId: tenant.agent.id });
    const ended = (async () => {
      for (;;) if ((await stream.next()).done) return 'ended';
    })();
    expect(await Promise.race([ended, sleep(5_000, 'goes on', { ref: false })])).toBe('ended');
    expect(await refused(caller.inbox.counts(at()))).toBe('NOT_FOUND');
  });

  test('while they take a conversation over ends up holding nothing', async () => {
    await receive(textWebhook(tenant.phoneNumberId, { wamid: `${tenant.slug}.race` }));
    const { id } = await asPlatform(({ db }) =>
      db.conversation.findFirstOrThrow({ where: { tenantId: tenant.id } }),
    );
    for (let round = 0; round < 8; round += 1) {
      const mara = await addMember(`Racer${round}`, 'agent');
      const [taken] = await Promise.allSettled([
        withTenant(tenant.id, async (tx) =>
          takeOver(tx, await lockConversation(tx, id), mara.id, new Date()),
        ),
        as(tenant.owner).remove({ ...at(), userId: mara.id }),
      ]);
      const { rows } = await owner.query('select holder, assignee_id from conversations where id = $1', [id]);
      expect(rows[0].assignee_id, `${taken.status} in round ${round}`).toBeNull();
    }
  });
});

describe('leaving', () => {
  test('gives up one’s own place, which nobody has to allow', async () => {
    await as(tenant.agent).leave(at());
    expect(await roleOf(tenant.agent)).toBeUndefined();
    expect(await audited('member.left')).toMatchObject([{ who: 'Mara' }]);
  });

  test('is possible in a suspended tenant too', async () => {
    await owner.query("update tenants set state = 'suspended' where id = $1", [tenant.id]);
    await as(tenant.agent).leave(at());
    expect(await findMember(tenant.agent.id, tenant.slug)).toBeUndefined();
  });

  test('is not for the last owner, who is told what to do', async () => {
    expect(await refused(as(tenant.owner).leave(at()))).toBe('last-owner');
    await expect(as(tenant.owner).leave(at())).rejects.toThrow('Make somebody else an owner first');
    expect(await roleOf(tenant.owner)).toBe('owner');
  });
});

describe('a tenant keeps an owner', () => {
  test.each([
    ['remove each other', (user: User, target: User) => as(user).remove({ ...at(), userId: target.id })],
    [
      'make each other agents',
      (user: User, target: User) => as(user).changeRole({ ...at(), userId: target.id, role: 'agent' }),
    ],
    ['both leave', (user: User) => as(user).leave(at())],
  ] as const)('when two owners %s at once', async (_, act) => {
    for (let round = 0; round < 6; round += 1) {
      tenant = await makeTenant();
      const second = await addMember(`Second${round}`, 'owner');
      const outcomes = await Promise.all([
        refused(act(tenant.owner, second)),
        refused(act(second, tenant.owner)),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'allowed')).toHaveLength(1);
      const { rows } = await owner.query(
        "select count(*)::int as owners from members where tenant_id = $1 and role = 'owner'",
        [tenant.id],
      );
      expect(rows).toEqual([{ owners: 1 }]);
    }
  });

  test('whatever hand takes the last one away: PostgreSQL refuses', async () => {
    const ways = [
      'delete from members where tenant_id = $1 and user_id = $2',
      "update members set role = 'agent' where tenant_id = $1 and user_id = $2",
      'delete from users where $1::uuid is not null and id = $2',
    ];
    for (const sql of ways)
      await expect(owner.query(sql, [tenant.id, tenant.owner.id]), sql).rejects.toMatchObject({
        code: '23514',
        constraint: 'members_keep_an_owner',
      });
    const tenants = withTenant(tenant.id, ({ db }) => db.$executeRawUnsafe('delete from members'));
    expect(await tenants.catch(sqlState)).toBe('23514');
  });

  test('two hands at once too, without any of our code', async () => {
    const second = await addMember('Second', 'owner');
    const away = (user: User) =>
      withTenant(tenant.id, async ({ db }) => {
        await db.$executeRaw`delete from members where tenant_id = ${tenant.id}::uuid and user_id = ${user.id}::uuid`;
        await sleep(100);
      });
    const outcomes = await Promise.allSettled([away(tenant.owner), away(second)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('with the tenant itself its owners go', async () => {
    await asPlatform(({ db }) => db.$executeRaw`delete from tenants where id = ${tenant.id}::uuid`);
    expect(await roleOf(tenant.owner)).toBeUndefined();
  });
});

describe('the ownership', () => {
  test('is handed over in one step: the former owner stays as an admin', async () => {
    await as(tenant.owner).transfer({ ...at(), userId: tenant.agent.id });
    expect([await roleOf(tenant.agent), await roleOf(tenant.owner)]).toEqual(['owner', 'admin']);
    expect(await audited('tenant.ownership-transferred')).toMatchObject([
      { who: 'Ines', details: { from: tenant.owner.email, to: tenant.agent.email } },
    ]);
  });

  test('is an owner’s alone to hand over, and to somebody else', async () => {
    const bea = await addMember('Bea', 'admin');
    expect(await refused(as(bea).transfer({ ...at(), userId: tenant.agent.id }))).toBe('role');
    expect(await refused(as(tenant.owner).transfer({ ...at(), userId: tenant.owner.id }))).toBe('yourself');
    expect(await roleOf(tenant.owner)).toBe('owner');
  });
});
