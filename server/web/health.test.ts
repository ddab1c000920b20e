import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applicationUrl } from '#server/db/login.ts';
import { testDatabase } from '#server/testing/database.ts';
import { sign } from '#server/testing/factories.ts';
import { freePort } from '#server/testing/free-port.ts';
import { testSettings } from '#server/testing/settings.ts';

const { owner, url } = testDatabase();
type Running = { base: string; stop: () => Promise<void> };

/** The settings are read once, so each of them gets a web process of its own, as far as modules go. */
async function start(settings: Record<string, string>): Promise<Running> {
  vi.resetModules();
  Object.assign(process.env, settings);
  const { startWeb } = await import('#server/web.ts');
  const port = await freePort();
  return { base: `http://127.0.0.1:${port}`, stop: await startWeb({ port }) };
}
const ask = async ({ base }: Running, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${base}${path}`, { headers });
  return { status: response.status, text: await response.text() };
};

describe('a web process', () => {
  let web: Running;
  beforeAll(async () => {
    web = await start({});
  });
  afterAll(() => web.stop());

  test('lives', async () => {
    expect(await ask(web, '/livez')).toEqual({ status: 200, text: '{"ok":true}' });
  });

  test('begins every known series at 0, so that the first of its kind is seen', async () => {
    const { text } = await ask(web, '/metrics');
    for (const series of [
      'parley_webhook_quarantined_total{reason="not-json"}',
      'parley_webhook_quarantined_total{reason="refused"}',
      'parley_http_requests_total{door="webhook",status="503"}',
      'parley_delivery_outcomes_total{outcome="unknown"}',
      'parley_bot_turns_total{outcome="window-closed"}',
      'parley_sign_ins_total{outcome="limited"}',
    ])
      expect(text.split('\n')).toContain(`${series} 0`);
  });

  test('is ready while the database answers, and lives on without it', async () => {
    // The first question of a process makes its connections; on a busy machine that may take longer than it waits.
    await expect.poll(async () => (await ask(web, '/readyz')).status, { timeout: 10_000 }).toBe(200);
    const login = new URL(applicationUrl(url, testSettings.ENCRYPTION_KEY)).username;
    await owner.query(`alter role ${login} nologin`);
    await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
    const away = await ask(web, '/readyz');
    expect([away.status, JSON.parse(away.text)]).toMatchObject([503, { ok: false, database: false }]);
    expect((await ask(web, '/livez')).status).toBe(200);
    await owner.query(`alter role ${login} login`);
    await expect.poll(async () => (await ask(web, '/readyz')).status, { timeout: 10_000 }).toBe(200);
  });

  test('is not ready while a webhook finds the disk full, until a write is taken again', async () => {
    const body = '{}';
    const headers = { 'x-hub-signature-256': sign(body) };
    const post = async () =>
      (await fetch(`${web.base}/api/webhooks/whatsapp`, { method: 'POST', body, headers })).status;
    await owner.query(`
      create function full_disk() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file' using errcode = '53100'; end $$;
      create function full_disk_too() returns event_trigger language plpgsql as $$ begin
        raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger full_disk before insert on quarantine for each row execute function full_disk();
      create event trigger full_disk on ddl_command_start when tag in ('CREATE TABLE AS') execute function full_disk_too()`);
    expect((await ask(web, '/readyz')).status).toBe(200);
    expect(await post()).toBe(503);
    for (let count = 0; count < 3; count += 1) {
      const full = await ask(web, '/readyz');
      expect([full.status, JSON.parse(full.text)]).toMatchObject([503, { database: true, writes: false }]);
    }
    await owner.query('drop event trigger full_disk; drop trigger full_disk on quarantine');
    await expect.poll(async () => (await ask(web, '/readyz')).status, { timeout: 10_000 }).toBe(200);
    expect(await post()).toBe(200);
  });

  test('is not ready while the database only reads', async () => {
    const login = new URL(applicationUrl(url, testSettings.ENCRYPTION_KEY)).username;
    const setReadOnly = async (how: string) => {
      await owner.query(`alter role ${login} ${how}`);
      await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
    };
    await setReadOnly('set default_transaction_read_only = on');
    await expect
      .poll(async () => JSON.parse((await ask(web, '/readyz')).text), { timeout: 10_000 })
      .toMatchObject({ ok: false, database: true, writes: false });
    await setReadOnly('reset default_transaction_read_only');
    await expect.poll(async () => (await ask(web, '/readyz')).status, { timeout: 10_000 }).toBe(200);
  });

  test('tells loopback what it counted', async () => {
    const { status, text } = await ask(web, '/metrics');
    expect(status).toBe(200);
    for (const name of [
      'parley_webhook_quarantined_total',
      'parley_queue_depth',
      'parley_database_pool',
      'process_cpu_seconds_total',
    ])
      expect(text).toContain(`# TYPE ${name} `);
  });

  test.each([{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }])(
    'tells nobody beyond a proxy: %j',
    async (headers) => {
      expect((await ask(web, '/metrics', headers)).status).toBe(404);
    },
  );

  test.each(['/', '/_sim/people', '/api/trpc/tenants.mine', '/metrics/', '/livez/x', '//livez/..'])(
    'without pages has nothing at %s',
    async (path) => {
      expect((await ask(web, path)).status).toBe(404);
    },
  );

  test('takes no words of its parent that are none', async () => {
    const { hearParent } = await import('#server/web.ts');
    for (const words of [null, 7, 'x', {}, { type: 7 }]) hearParent(words);
    expect((await ask(web, '/livez')).status).toBe(200);
    expect((await ask(web, '/metrics')).status).toBe(200);
  });
});

describe('with a token for its metrics', () => {
  let web: Running;
  beforeAll(async () => {
    web = await start({ METRICS_TOKEN: 'the token of the metrics' });
  });
  afterAll(async () => {
    await web.stop();
    delete process.env['METRICS_TOKEN'];
  });

  test.each([
    ['none', undefined, 404],
    ['another', 'Bearer another', 404],
    ['a part of it', 'Bearer the token', 404],
    ['it alone', 'the token of the metrics', 404],
    ['the right one', 'Bearer the token of the metrics', 200],
  ])('asks for it: %s', async (_, authorization, status) => {
    expect((await ask(web, '/metrics', authorization ? { authorization } : {})).status).toBe(status);
  });
});

test('a start that is not all there yet is not ready, until it is told', async () => {
  const web = await start({ PARLEY_SUPERVISED: '1' });
  expect((await ask(web, '/readyz')).status).toBe(503);
  const { hearParent } = await import('#server/web.ts');
  hearParent({ type: 'all-ready' });
  expect((await ask(web, '/readyz')).status).toBe(200);
  await web.stop();
  delete process.env['PARLEY_SUPERVISED'];
});

test('a process that stops answers what is under way, and stops once', async () => {
  const web = await start({});
  const under = ask(web, '/livez').then(
    ({ status }) => status,
    () => 'no connection any more',
  );
  await Promise.all([web.stop(), web.stop()]);
  expect([200, 'no connection any more']).toContain(await under);
  await expect(ask(web, '/livez')).rejects.toThrow();
});
