import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { demoScript } from '#prisma/demo-script.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { scriptForm } from './script.ts';
import { sweepTurns } from './sweep-turns.ts';
import { takeTurns } from './take-turns.ts';

const { owner, url } = testDatabase();
let tenant: TestTenant;

// Every answer is the question again, so what was said tells what was heard.
const parrot = scriptForm.parse({
  ...{
    start: 'ask',
    answers: [],
    person: { words: ['person'], goTo: 'over' },
    misunderstood: 'What?',
    mostMisses: 10,
  },
  steps: [
    {
      type: 'ask',
      id: 'ask',
      title: 'Ask',
      say: 'You said {Said}.',
      label: 'Said',
      expects: 'text',
      retry: 'What?',
      goTo: 'ask',
    },
    { type: 'handover', id: 'over', title: 'Over', say: 'Over to a person.' },
  ],
});

beforeEach(async () => {
  tenant = await makeTenant({ script: parrot });
});

let count = 0;
async function write(from: string, text: string, part: { wamid?: string; at?: number } = {}) {
  count += 1;
  const body = textWebhook(tenant.phoneNumberId, { from, text, wamid: `wamid.${count}`, ...part });
  expect(await receive(body)).toEqual({ status: 200 });
}

async function jobs(): Promise<JobData<'take-turns'>[]> {
  const { rows } = await owner.query(
    'select tenant_id as "tenantId", id as "conversationId" from conversations where tenant_id = $1 order by id',
    [tenant.id],
  );
  return rows;
}
const query = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const turns = () =>
  query(`select m.body, t.outcome, t.replies from turns t join messages m on m.id = t.message_id
         where t.tenant_id = $1 order by m.at, m.id`);
const said = () => query("select body from messages where tenant_id = $1 and author = 'bot' order by at, id");
const events = () =>
  query('select kind, detail from conversation_events where tenant_id = $1 order by at, id');
const holder = () => query('select holder from conversations where tenant_id = $1');

test('four workers with the same jobs, while people go on writing, answer each message once and in order', async () => {
  const people = Array.from({ length: 6 }, (_, index) => `1650555${1000 + index}`);
  for (const from of people) await write(from, 'hello');
  const all = await jobs();
  const done = { writing: false };
  const writing = (async () => {
    for (let turn = 1; turn <= 8; turn += 1)
      await Promise.all(people.map((from) => write(from, `${from} ${turn}`)));
    done.writing = true;
  })();
  const worker = async () => {
    while (!done.writing) await takeTurns(all);
  };
  await Promise.all([writing, worker(), worker(), worker(), worker()]);
  await takeTurns(all);

  const taken = await turns();
  expect(taken).toHaveLength(people.length * 9);
  expect(taken.filter(({ outcome, replies }) => outcome !== 'answered' || replies !== 1)).toEqual([]);
  for (const from of people) {
    const heard = (await said()).map(({ body }) => body).filter((body) => body.includes(from));
    expect(heard).toEqual(Array.from({ length: 8 }, (_, turn) => `You said ${from} ${turn + 1}.`));
  }
}, 60_000);

test('no turn is lost between a webhook that finds its job waiting and the worker that takes that job', async () => {
  const people = Array.from({ length: 5 }, (_, index) => `1650555${1000 + index}`);
  const done = { writing: false };
  // Takes jobs as the queue hands them out: from then on a new one for the same conversation may wait.
  const worker = async () => {
    const queue = new pg.Client({ connectionString: url });
    await queue.connect();
    for (let idle = 0; idle < 3; ) {
      const { rows } = await queue.query(
        "delete from pgboss.job where name = 'take-turns' and state = 'created' returning data",
      );
      await takeTurns(rows.map(({ data }) => data));
      idle = rows.length === 0 && done.writing ? idle + 1 : 0;
    }
    await queue.end();
  };
  const writing = async () => {
    for (let round = 0; round < 12; round += 1)
      await Promise.all(people.map((from) => write(from, `round ${round}`)));
    done.writing = true;
  };
  await Promise.all([writing(), worker(), worker(), worker()]);
  const taken = await turns();
  expect(taken).toHaveLength(people.length * 12);
  expect(taken.filter(({ outcome }) => outcome !== 'answered')).toEqual([]);
}, 60_000);

test('what waits is answered in Meta’s order, not in that of its arrival', async () => {
  const now = Math.floor(Date.now() / 1000);
  await write('16505551234', 'third', { at: now });
  await write('16505551234', 'first', { at: now - 20 });
  await write('16505551234', 'second', { at: now - 10 });
  await takeTurns(await jobs());
  expect((await turns()).map(({ body }) => body)).toEqual(['first', 'second', 'third']);
  expect((await said()).map(({ body }) => body)).toEqual([
    'You said.',
    'You said second.',
    'You said third.',
  ]);
});

test('more than fifty waiting messages are worked off, a part at a time', async () => {
  for (let index = 0; index < 60; index += 1) await write('16505551234', `text ${index}`);
  await takeTurns(await jobs());
  expect((await turns()).filter(({ outcome }) => outcome === null)).toHaveLength(10);
  const { rows } = await owner.query(
    "select from pgboss.job where name = 'take-turns' and singleton_key like '% later' and data->>'tenantId' = $1",
    [tenant.id],
  );
  expect(rows).toHaveLength(1);
  await takeTurns(await jobs());
  expect((await turns()).filter(({ outcome }) => outcome !== 'answered')).toEqual([]);
});

test('a job without anything to do does nothing', async () => {
  await write('16505551234', 'hello');
  await takeTurns(await jobs());
  const before = await said();
  expect(await takeTurns([...(await jobs()), ...(await jobs())])).toEqual(['done', 'done']);
  expect(await takeTurns([{ tenantId: tenant.id, conversationId: newId() }])).toEqual(['done']);
  expect(await said()).toEqual(before);
});

test('two jobs of one conversation in one go are one turn, and what is said there is delivered once', async () => {
  await write('16505551234', 'hello');
  await write('16505550000', 'hello');
  const delivered: unknown[] = [];
  const all = await jobs();
  const deliver = async (started: unknown[]) => void delivered.push(...started);
  expect(await takeTurns([...all, ...all], deliver)).toEqual(['done', 'done', 'done', 'done']);
  expect(await said()).toHaveLength(2);
  expect(delivered).toEqual(all.map((job) => ({ ...job, channelId: tenant.channelId })));
  // The outbox is what remembers them: they have no job.
  expect(await query("select from pgboss.job where name = 'deliver' and data->>'tenantId' = $1")).toEqual([]);
  expect(await query('select from outbox where tenant_id = $1')).toHaveLength(2);
});

test('a turn is taken although its delivery could not begin', async () => {
  await write('16505551234', 'hello');
  expect(await takeTurns(await jobs(), () => Promise.reject(new Error('no')))).toEqual(['done']);
  expect(await said()).toHaveLength(1);
});

describe('a silent bot leaves a trace', () => {
  test('tenant-suspended: what came in stays, and is a person’s', async () => {
    await write('16505551234', 'hello');
    await owner.query("update tenants set state = 'suspended' where id = $1", [tenant.id]);
    await takeTurns(await jobs());
    expect(await turns()).toEqual([{ body: 'hello', outcome: 'tenant-suspended', replies: 0 }]);
    expect(await said()).toEqual([]);
    expect(await events()).toEqual([{ kind: 'handed-over', detail: 'tenant-suspended' }]);
    await write('16505551234', 'still there?');
    expect(await query("select from messages where tenant_id = $1 and direction = 'inbound'")).toHaveLength(
      2,
    );
  });

  test('held: a member has the conversation', async () => {
    await write('16505551234', 'hello');
    await owner.query("update conversations set holder = 'member', assignee_id = $2 where tenant_id = $1", [
      tenant.id,
      tenant.agent.id,
    ]);
    await takeTurns(await jobs());
    expect(await turns()).toEqual([{ body: 'hello', outcome: 'held', replies: 0 }]);
    expect(await said()).toEqual([]);
    expect(await holder()).toEqual([{ holder: 'member' }]);
  });

  test('window-closed: nobody has it now, and the history says why, also when two waited', async () => {
    await write('16505551234', 'hello');
    await write('16505551234', 'hello?');
    await owner.query(
      "update conversations set window_closes_at = now() - interval '1 ms' where tenant_id = $1",
      [tenant.id],
    );
    await takeTurns(await jobs());
    expect((await turns()).map(({ outcome }) => outcome)).toEqual(['window-closed', 'held']);
    expect(await events()).toEqual([{ kind: 'handed-over', detail: 'window-closed' }]);
    expect(await holder()).toEqual([{ holder: 'nobody' }]);
  });

  test('bot-off: a person takes it from here', async () => {
    await write('16505551234', 'hello');
    await owner.query('update channels set bot_on = false where tenant_id = $1', [tenant.id]);
    await takeTurns(await jobs());
    expect(await turns()).toEqual([{ body: 'hello', outcome: 'bot-off', replies: 0 }]);
    expect(await events()).toEqual([{ kind: 'handed-over', detail: 'bot-off' }]);
    expect(await holder()).toEqual([{ holder: 'nobody' }]);
  });

  test('bot-off, too: a published script that cannot be followed', async () => {
    await owner.query("update script_versions set script = '{}' where tenant_id = $1", [tenant.id]);
    await write('16505551234', 'hello');
    expect(await takeTurns(await jobs())).toEqual(['done']);
    expect(await turns()).toEqual([{ body: 'hello', outcome: 'bot-off', replies: 0 }]);
    expect(await holder()).toEqual([{ holder: 'nobody' }]);
  });
});

test('a hand-over is announced, noted, and leaves the conversation to nobody', async () => {
  await write('16505551234', 'a person, please');
  await write('16505551234', 'hello?');
  await takeTurns(await jobs());
  expect((await said()).map(({ body }) => body)).toEqual(['Over to a person.']);
  expect(await events()).toEqual([{ kind: 'handed-over', detail: null }]);
  expect(await holder()).toEqual([{ holder: 'nobody' }]);
  const below = `select e.at >= m.at and e.id > m.id as below from conversation_events e join messages m using (conversation_id)
                 where e.tenant_id = $1 and m.author = 'bot'`;
  expect(await query(below)).toEqual([{ below: true }]);
});

test('a talk stays on the version that it began with, a new one begins with the newest', async () => {
  await write('16505551234', 'hello');
  await takeTurns(await jobs());
  await asPlatform(async ({ db }) => {
    const old = await db.scriptVersion.findFirstOrThrow({ where: { tenantId: tenant.id } });
    await db.scriptVersion.create({ data: { ...old, id: newId(), number: 2, script: demoScript('New') } });
  });
  await write('16505551234', 'old talk');
  await write('16505550000', 'new talk');
  await takeTurns(await jobs());
  const bodies = (await said()).map(({ body }) => body);
  expect(bodies.toSorted()).toEqual([
    expect.stringContaining('this is New’s assistant'),
    'You said old talk.',
    'You said.',
  ]);
});

test('one conversation that cannot be answered holds up nobody else', async () => {
  await write('16505551111', 'fine');
  await write('16505552222', 'broken');
  await owner.query(`
    create function refuse() returns trigger language plpgsql as $$ begin
      if new.body = 'You said.' and new.conversation_id = (select conversation_id from messages where body = 'broken')
      then raise exception 'no'; end if; return new; end $$;
    create trigger refuse before insert on messages for each row execute function refuse()`);
  try {
    expect((await takeTurns(await jobs())).toSorted()).toEqual(['done', 'failed']);
    expect(await turns()).toEqual([
      { body: 'fine', outcome: 'answered', replies: 1 },
      { body: 'broken', outcome: null, replies: null },
    ]);
  } finally {
    await owner.query('drop trigger refuse on messages; drop function refuse');
  }
});

test('messages that were forgotten get a job again', async () => {
  await write('16505551234', 'hello');
  await owner.query("delete from pgboss.job where name = 'take-turns'");
  await sweepTurns();
  const waiting = "select from pgboss.job where name = 'take-turns' and data->>'tenantId' = $1";
  expect(await query(waiting)).toEqual([]);
  await sweepTurns(new Date(Date.now() + 11_000));
  expect(await query(waiting)).toHaveLength(1);
});
