import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningMeta, startMeta } from '#load/meta/meta.ts';
import { applicationUrl } from '#server/db/login.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, sign, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { freePort } from '#server/testing/free-port.ts';
import { testSettings } from '#server/testing/settings.ts';
import { countWords, someIds } from './log.ts';

const { owner, url } = testDatabase();
const started: ChildProcess[] = [];
let said = '';
let meta: RunningMeta;
let port: number;
let tenant: TestTenant;

beforeAll(async () => {
  port = await freePort();
  meta = await startMeta({ port: 0, webhookBase: `http://127.0.0.1:${port}` });
  tenant = await makeTenant();
  await control('numbers', {
    ...{ phoneNumberId: tenant.phoneNumberId, wabaId: tenant.wabaId, token: tenant.token },
    ...{ displayPhoneNumber: '15550000000', verifiedName: 'Test' },
  });
  await Promise.all([run('server/web.ts', '--ingest'), run('server/worker.ts')]);
});
afterAll(async () => {
  for (const one of started) one.kill('SIGKILL');
  await meta.close();
});

async function control(path: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${meta.url}/_sim/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** A process as production runs it, whose every word is kept. */
async function run(...args: string[]) {
  const { ENCRYPTION_KEY, META_APP_SECRET, META_VERIFY_TOKEN } = testSettings;
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...{ NODE_ENV: 'production', LOG_LEVEL: 'trace', DATABASE_URL: url, PORT: String(port) },
      ...{ ENCRYPTION_KEY, META_APP_SECRET, META_VERIFY_TOKEN, GRAPH_API_URL: meta.url },
    },
  });
  started.push(child);
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  await once(child, 'message');
  return child;
}

const post = async (body: string, signature = sign(body)) => {
  const headers = { 'x-hub-signature-256': signature };
  const to = `http://127.0.0.1:${port}/api/webhooks/whatsapp`;
  return (await fetch(to, { method: 'POST', body, headers })).status;
};
const lines = () =>
  said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const line = (msg: string, more: object = {}) => expect.objectContaining({ level: 30, msg, ...more });

const person = { from: '4915199887766', name: 'Zacharias Quill', text: 'my secret wish' };

test('an operator reads what happened, whose it was and how it ended, and nothing that anybody wrote', async () => {
  expect(await post(textWebhook(tenant.phoneNumberId, { ...person, wamid: 'wamid.told' }))).toBe(200);
  const answered = async () =>
    (await owner.query("select id, conversation_id from messages where status = 'delivered'")).rows;
  await expect.poll(answered, { timeout: 15_000 }).toHaveLength(1);
  const [{ id, conversation_id: conversation }] = await answered();

  expect(await post('{"what": "my secret wish"}')).toBe(200);
  expect(await post('{"what": "my secret wish"}', 'sha256=wrong')).toBe(401);
  const strange = textWebhook('000', { ...person, wamid: 'wamid.told' });
  expect(await post(strange)).toBe(200);
  // A number that Meta refuses.
  const refused = { ...person, from: '4915100131026' };
  expect(await post(textWebhook(tenant.phoneNumberId, { ...refused, wamid: 'wamid.refused' }))).toBe(200);

  const conversations = [conversation];
  await expect
    .poll(lines, { timeout: 15_000 })
    .toEqual(
      expect.arrayContaining([
        line('ingest is up'),
        line('worker is up'),
        line('webhooks committed', { messages: 1, statuses: 0, quarantined: 0, conversations }),
        line('webhooks committed', { messages: 0, statuses: 0, quarantined: 1, conversations: [] }),
        line('webhooks committed', { messages: 0, statuses: 1, conversations }),
        line('turns taken', { turns: { answered: 1 }, conversations }),
        line('deliveries settled', { outcomes: { accepted: 1 }, conversations, messages: [id] }),
      ]),
    );

  await Promise.all(
    started.map((child) => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      return gone;
    }),
  );
  expect(lines()).toEqual(
    expect.arrayContaining([
      line('ingest stops', { cause: 'SIGTERM' }),
      line('ingest has stopped'),
      line('worker has stopped'),
    ]),
  );
  for (const secret of [
    ...[person.from, person.name, person.text, refused.from, 'wamid.'],
    ...[
      tenant.token,
      testSettings.ENCRYPTION_KEY,
      testSettings.META_APP_SECRET,
      testSettings.META_VERIFY_TOKEN,
    ],
    ...[url, applicationUrl(url, testSettings.ENCRYPTION_KEY)].map((address) => new URL(address).password),
  ])
    expect(said, secret).not.toContain(secret);
}, 60_000);

test('of a sign-in it is told who and from where, never what was typed', async () => {
  const { email } = tenant.owner;
  const attempts = `
    import { signIn } from '#server/auth/sign-in.ts';
    import { disconnect } from '#server/db/client.ts';
    for (const password of ['a wrong word', 'secret of the test'])
      await signIn({ email: '${email}', password }, '203.0.113.9', 'a device');
    await signIn({ email: 'my password, by mistake', password: 'x' }, '203.0.113.9', 'a device');
    await disconnect();`;
  const { ENCRYPTION_KEY } = testSettings;
  const env = { NODE_ENV: 'production' as const, LOG_LEVEL: 'trace', DATABASE_URL: url, ENCRYPTION_KEY };
  const child = spawn(process.execPath, ['--input-type=module', '--eval', attempts], { env });
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      told += chunk;
    });
  await once(child, 'close');
  const address = '203.0.113.9';
  const known = { address, user: tenant.owner.id };
  expect(
    told
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one)),
  ).toEqual([
    line('sign-in refused', { ...known, why: 'wrong' }),
    line('signed in', known),
    line('sign-in refused', { address, why: 'wrong' }),
  ]);
  for (const typed of [email, 'a wrong word', 'secret of the test', 'by mistake'])
    expect(told).not.toContain(typed);
});

test('a line carries twenty ids at most, each once, and counts of all', () => {
  const ids = Array.from({ length: 100 }, (_, index) => `id ${index % 50}`);
  expect(someIds(ids)).toEqual(ids.slice(0, 20));
  expect(countWords(['a', 'b', 'a'])).toEqual({ a: 2, b: 1 });
});
