import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { codeOf } from '#e2e/authenticator.ts';
import { type RunningMeta, startMeta } from '#load/meta/meta.ts';
import { beginSession } from '#server/auth/sessions.ts';
import { signIn } from '#server/auth/sign-in.ts';
import { forgetChannels } from '#server/channels/find-channel.ts';
import { watchChannel } from '#server/channels/watch-channel.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { applicationUrl } from '#server/db/login.ts';
import { log } from '#server/log.ts';
import { seal } from '#server/secrets/seal.ts';
import { testDatabase } from '#server/testing/database.ts';
import { sign, textWebhook } from '#server/testing/factories.ts';
import { findLeaks, type Planted } from '#server/testing/find-leaks.ts';
import { freePort } from '#server/testing/free-port.ts';
import { makeMatrixTenant } from '#server/testing/matrix-tenant.ts';
import { type MatrixTenant, procedureRows, type Row } from '#server/testing/procedure-rows.ts';
import { testSettings } from '#server/testing/settings.ts';
import { appRouter } from './router.ts';
import { createContext } from './trpc/context.ts';
import { startWeb, withoutToken } from './web.ts';
import { startWorker } from './worker.ts';

// A tenant is filled and every procedure walked through several times.
vi.setConfig({ testTimeout: 400_000 });

const { owner, url } = testDatabase();
Object.assign(process.env, {
  ...{ LOG_LEVEL: 'trace', PARLEY_DEMO: '1', METRICS_TOKEN: 'planted-metrics-token-5b1c' },
  META_APP_ID: '600600600600',
});

// Everything that this process says, its logger included, which writes to a stdout that is not the original.
let said = '';
for (const stream of [process.stdout, process.stderr])
  vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    said += String(chunk);
    return true;
  });
for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const)
  vi.spyOn(console, way).mockImplementation((...words) => {
    said += `${words.map(String).join(' ')}\n`;
  });

/** What nobody may be shown. Those that are made on the way join it. */
const planted: Planted = {
  'access token': 'EAAGplantedAccessToken7Zk2',
  'app secret': 'planted-app-secret-9f3a17',
  'verify token': 'planted-verify-token-4d0e',
  'former app secret': 'planted-former-secret-c81b',
  'former verify token': 'planted-former-verify-77aa',
  'token of a draft': 'EAAGplantedDraftToken3Qw8',
  'app secret of a draft': 'planted-draft-secret-51fe',
  'verify token of a draft': 'planted-draft-verify-02cd',
  'PIN of a draft': '739154',
  'token that is typed': 'EAAGplantedTypedToken6Yt1',
  'app secret that is typed': 'planted-typed-secret-e94b',
  'PIN that is typed': '862047',
  'something typed into a wrong field': 'planted-in-a-wrong-field-1c6d',
  'password of a member': 'secret of the test',
  'new password': 'horse battery staple',
  'wrong password': 'planted-wrong-password-33',
  'encryption key': testSettings.ENCRYPTION_KEY,
  'secret of the sessions': testSettings.AUTH_SECRET,
  'secret of the platform’s app': testSettings.META_APP_SECRET,
  'verify token of the platform’s app': testSettings.META_VERIFY_TOKEN,
  'token for the metrics': 'planted-metrics-token-5b1c',
  'password of the database login': new URL(applicationUrl(url, testSettings.ENCRYPTION_KEY)).password,
};

/**
 * Who shows what on purpose, to the one whom it is for: the demo's letters their links; the two answers that set up an
 * app and a number what has to be typed elsewhere.
 */
const shown: Record<string, RegExp> = {
  'account.outbox': /^link /,
  'account.beginSecondFactor': /^key of the second factor$/,
  'channels.showVerifyToken': /^verify token$/,
};

let tenant: MatrixTenant;
let meta: RunningMeta;
let graph: Server;
let port: number;
const stops: (() => Promise<unknown>)[] = [];

/** Between us and Meta: passes on, or refuses everything and quotes all that it was sent. */
const mood = { quotes: false };

beforeAll(async () => {
  port = await freePort();
  meta = await startMeta({ port: 0, webhookBase: `http://127.0.0.1:${port}` });
  graph = createServer(async (request, response) => {
    const body = await request.reduce((text: string, chunk) => text + chunk, '');
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    if (mood.quotes) {
      const message = `Malformed access token ${authorization} in ${request.url} with ${body}`;
      const error = { message, code: 190, error_user_msg: message, error_data: { details: message } };
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      return;
    }
    const answer = await fetch(`${meta.url}${request.url}`, {
      ...{ method: request.method ?? 'GET', headers: { authorization, 'content-type': type } },
      ...(body && { body }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await once(graph.listen(0, '127.0.0.1'), 'listening');
  process.env['GRAPH_API_URL'] = `http://127.0.0.1:${(graph.address() as AddressInfo).port}`;
  const pages = { serve: () => Promise.reject(new Error('a page that fails')), close: async () => {} };
  stops.push(await startWeb({ port, pages }), await startWorker());
  tenant = await makeMatrixTenant(owner);
  await plant();
}, 120_000);

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  graph.closeAllConnections();
  await meta.close();
});

/** Puts the secrets where they belong: into the channel, the draft, and Meta's memory of the number. */
async function plant() {
  const put = (table: string, columns: Record<string, string>, more = '') =>
    owner.query(
      `update ${table} set ${Object.keys(columns).map((column, index) => `${column} = $${index + 2}`)} ${more}
       where tenant_id = $1`,
      [
        tenant.id,
        ...Object.entries(columns).map(([column, name]) =>
          seal(planted[name] ?? '', { tenantId: tenant.id, column: `${table}.${column}` }),
        ),
      ],
    );
  await put(
    'channels',
    {
      ...{ access_token: 'access token', app_secret: 'app secret', verify_token: 'verify token' },
      ...{ app_secret_before: 'former app secret', verify_token_before: 'former verify token' },
    },
    `, app_id = '600600600601', app_secret_before_until = now() + interval '1 day',
       verify_token_before_until = now() + interval '1 day'`,
  );
  await put('channel_drafts', {
    ...{ access_token: 'token of a draft', app_secret: 'app secret of a draft' },
    ...{ verify_token: 'verify token of a draft', pin: 'PIN of a draft' },
  });
  await owner.query('update users set email_confirmed_at = now()');
  await control('numbers', {
    ...{ phoneNumberId: tenant.phoneNumberId, wabaId: tenant.wabaId, token: planted['access token'] },
    ...{ displayPhoneNumber: '15550000000', verifiedName: 'Test' },
  });
  forgetChannels();
}

async function control(path: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${meta.url}/_sim/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

// The casts: the list of procedures is flat at run time only.
type Definition = { _def: { type: string } };
const typeOf = (path: string) =>
  (appRouter._def.procedures as unknown as Record<string, Definition>)[path]?._def.type;

let devices = 0;

/** What a browser gets over the wire from this procedure, with a session of its own, whose cookie is planted, too. */
async function ask(path: string, row: Row, input: object): Promise<string> {
  const user = row.who === 'superadmin' ? tenant.admin : tenant.owner;
  await owner.query('update users set superadmin = $2 where id = $1', [user.id, row.who === 'superadmin']);
  const sid = await beginSession(user.id, 'A browser');
  const cookie = await encode({ token: { sub: user.id, sid }, secret: testSettings.AUTH_SECRET });
  devices += 1;
  planted[`session ${devices}`] = cookie;
  const given = JSON.stringify(input);
  const isMutation = typeOf(path) === 'mutation';
  const address = `http://127.0.0.1/api/trpc/${path}`;
  const request = new Request(isMutation ? address : `${address}?input=${encodeURIComponent(given)}`, {
    ...(isMutation ? { method: 'POST', body: given } : {}),
    headers: { 'content-type': 'application/json', cookie: `next-auth.session-token=${cookie}` },
    signal: AbortSignal.timeout(typeOf(path) === 'subscription' ? 700 : 30_000),
  });
  const response = await fetchRequestHandler({
    ...{ endpoint: '/api/trpc', req: request, router: appRouter },
    createContext: () => createContext(request.headers),
  });
  let text = [...response.headers].join('\n');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const part = await reader?.read().catch(() => undefined);
    if (!part || part.done) return text;
    text += part.value;
  }
}

/** As the person at the keyboard would call it, typed secrets included. */
function inputOf(row: Row): Record<string, unknown> {
  const given = { ...row.input(tenant), tenant: tenant.slug };
  const typed = {
    accessToken: 'token that is typed',
    appSecret: 'app secret that is typed',
    pin: 'PIN that is typed',
  };
  return Object.fromEntries(
    Object.entries(given).map(([field, value]) => [
      field,
      field in typed ? planted[typed[field as keyof typeof typed]] : value,
    ]),
  );
}

type Answer = { path: string; text: string };

async function walk(change = (input: Record<string, unknown>): object => input): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [path, row] of Object.entries(procedureRows)) {
    answers.push({ path, text: await ask(path, row, change(inputOf(row))) });
    await openAgain();
  }
  await plantLinks();
  return answers;
}

/** Undoes what a procedure closed, so that the next one is about something. */
async function openAgain() {
  await owner.query(
    "update tenants set state = 'active', suspended_at = null, delete_asked_at = null, delete_after = null where id = $1",
    [tenant.id],
  );
  for (const role of ['owner', 'admin', 'agent'] as const)
    await owner.query(
      `insert into members (tenant_id, user_id, role) values ($1, $2, $3)
       on conflict (tenant_id, user_id) do update set role = excluded.role`,
      [tenant.id, tenant[role].id, role],
    );
  await owner.query('update channels set disconnected_at = null; delete from rate_limits');
}

/** The links that were written are secrets, too: whoever has one is let in. */
async function plantLinks() {
  const { rows } = await owner.query<{ link: string }>(
    "select distinct link from letters where link ~ '/(reset|confirm|invitations)/'",
  );
  for (const { link } of rows) planted[`link ${link.slice(-6)}`] = link.split('/').at(-1) ?? '';
}

const leaksOf = (answers: Answer[]) =>
  answers.flatMap(({ path, text }) =>
    findLeaks(text, planted)
      .filter((name) => !shown[path]?.test(name))
      .map((name) => `${path} shows the ${name}`),
  );
/** Tells the secret of a second factor, its code and its recovery codes from each other, and turns it on. */
async function turnOnSecondFactor() {
  const begun = await ask(
    'account.beginSecondFactor',
    { who: 'signed-in', input: () => ({}) },
    {
      password: planted['password of a member'],
    },
  );
  const key = JSON.parse(begun.slice(begun.indexOf('{"result"'))).result.data.secret;
  planted['key of the second factor'] = key;
  const on = await ask(
    'account.turnOnSecondFactor',
    { who: 'signed-in', input: () => ({}) },
    { code: codeOf(key) },
  );
  const [recovery] = JSON.parse(on.slice(on.indexOf('{"result"'))).result.data;
  planted['recovery code'] = recovery;
}

const errorsIn = (answers: Answer[]) => answers.filter(({ text }) => text.includes('"error"')).length;

test('no answer shows a secret: as all is well, or typed into a wrong field', async () => {
  await turnOnSecondFactor();
  const well = await walk();
  const wrong = await walk((input) =>
    Object.fromEntries(
      Object.keys(input).map((field) => [
        field,
        field === 'tenant' ? input[field] : { typed: planted['something typed into a wrong field'] },
      ]),
    ),
  );
  // Most are answered, and some say no.
  expect(errorsIn(well)).toBeLessThan(well.length / 2);
  expect(errorsIn(wrong)).toBeGreaterThan(well.length / 3);
  expect(Object.keys(planted).filter((name) => name.startsWith('link ')).length).toBeGreaterThan(2);
  expect(leaksOf([...well, ...wrong])).toEqual([]);
});

test('no answer shows one although Meta quotes all that it was sent', async () => {
  mood.quotes = true;
  const answers = await walk();
  await plant();
  await owner.query('update channels set disconnected_at = null, bot_on = true');
  const body = textWebhook(tenant.phoneNumberId, { wamid: 'wamid.refused', from: '4915100000001' });
  await fetch(`http://127.0.0.1:${port}/api/webhooks/whatsapp/${tenant.slug}`, {
    ...{ method: 'POST', body, headers: { 'x-hub-signature-256': sign(body, planted['app secret']) } },
  });
  await expect.poll(() => said, { timeout: 20_000 }).toContain('not accepted');
  await watchChannel(tenant.id, tenant.channelId);
  mood.quotes = false;
  // It was quoted, and told on.
  expect(answers.filter(({ text }) => text.includes('Malformed access token')).length).toBeGreaterThan(1);
  const { rows } = await owner.query('select details from channel_health where tenant_id = $1', [tenant.id]);
  expect(rows).toEqual([{ details: expect.stringContaining('Malformed access token') }]);
  expect(leaksOf(answers)).toEqual([]);
});

test('no answer shows one although the database quotes the row that it refused', async () => {
  const tables = [
    'letters',
    'channels',
    'channel_drafts',
    'channel_health',
    'account_links',
    'audit',
    'invitations',
  ];
  await owner.query(`
    create function quoting() returns trigger language plpgsql as $$ begin
      raise exception 'refused: %', new::text using detail = current_query(); end $$;
    ${tables.map((table) => `create trigger quoting before insert or update on ${table} for each row execute function quoting();`).join('')}`);
  const answers: Answer[] = [];
  for (const [path, row] of Object.entries(procedureRows))
    if (typeOf(path) === 'mutation') answers.push({ path, text: await ask(path, row, inputOf(row)) });
  await owner.query(`drop function quoting() cascade`);
  await openAgain();
  expect(answers.filter(({ text }) => text.includes('INTERNAL_SERVER_ERROR')).length).toBeGreaterThan(8);
  expect(answers.filter(({ text }) => text.includes('refused:'))).toEqual([]);
  expect(leaksOf(answers)).toEqual([]);
});

test('no door for machines shows one, whatever comes', async () => {
  await plant();
  const base = `http://127.0.0.1:${port}`;
  const hooks = '/api/webhooks/whatsapp';
  const shake = (token: string) => `?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`;
  const body = textWebhook(tenant.phoneNumberId, { wamid: 'wamid.planted' });
  const signed = (secret = '') => ({
    method: 'POST',
    body,
    headers: { 'x-hub-signature-256': sign(body, secret) },
  });
  const bearer = { headers: { authorization: `Bearer ${planted['token for the metrics']}` } };
  const link = Object.entries(planted).find(([name]) => name.startsWith('link '))?.[1] ?? '';
  const asked: [string, number, RequestInit?][] = [
    [`${hooks}/${tenant.slug}`, 200, signed(planted['app secret'])],
    [`${hooks}/${tenant.slug}`, 200, signed(planted['former app secret'])],
    [`${hooks}/${tenant.slug}`, 401, signed(planted['something typed into a wrong field'])],
    [`${hooks}/${tenant.slug}${shake(planted['verify token'] ?? '')}`, 200],
    [`${hooks}/${tenant.slug}${shake(planted['something typed into a wrong field'] ?? '')}`, 403],
    [`${hooks}${shake(testSettings.META_VERIFY_TOKEN)}`, 200],
    [`${hooks}/${planted['verify token']}`, 404, signed('x')],
    [`/reset/${link}`, 500],
    ['/livez', 200],
    ['/readyz', 200],
    ['/metrics', 200, bearer],
    ['/metrics', 404, { headers: { authorization: 'Bearer planted-wrong-password-33' } }],
  ];
  const texts: string[] = [];
  for (const [path, status, init] of asked) {
    const answer = await fetch(`${base}${path}`, init);
    texts.push(`${[...answer.headers].join('\n')}${await answer.text()}`);
    expect(answer.status, path).toBe(status);
  }
  expect(texts.flatMap((text) => findLeaks(text, planted))).toEqual([]);
});

test('what is stored shows none but the letters that carry their own link', async () => {
  await plantLinks();
  const { rows: tables } = await owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace) and c.relkind in ('r', 'p')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`select x::text as row from ${name} x`);
    const leaks = rows.flatMap(({ row }) => findLeaks(row, planted));
    found.push(
      ...leaks
        .filter((leak) => !(name === 'letters' && leak.startsWith('link ')))
        .map((leak) => `${name} ${leak}`),
    );
  }
  expect(tables.length).toBeGreaterThan(25);
  expect([...new Set(found)]).toEqual([]);
});

describe('what this process said of all that, at every level', () => {
  test('shows none of them', async () => {
    const attempts = [planted['wrong password'], planted['new password'], planted['password of a member']];
    for (const password of attempts)
      await signIn({ email: tenant.agent.email, password }, '203.0.113.9', 'x');
    await signIn({ email: planted['password of a member'], password: 'x' }, '203.0.113.9', 'x');
    const login = new URL(applicationUrl(url, testSettings.ENCRYPTION_KEY)).username;
    await owner.query(`alter role ${login} nologin`);
    await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
    const away = await Promise.allSettled([asPlatform(({ db }) => db.$queryRaw`select 1`)]);
    expect(away).toMatchObject([{ status: 'rejected' }]);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
    await owner.query(`alter role ${login} login`);

    for (const line of [
      'webhooks committed',
      'sign-in refused',
      'a procedure failed',
      'not accepted',
      'a page failed',
      '"level":50',
    ])
      expect(said, 'it is listened to').toContain(line);
    expect(findLeaks(said, planted)).toEqual([]);
  });

  test('would show one that a line gave away, in whatever clothes', () => {
    const token = planted['access token'] ?? '';
    const lines: (() => void)[] = [
      () => log().info({ token }, 'a line that says too much'),
      () => log().debug(`Bearer ${token}`),
      () => log().error({ err: new Error(`${token} does not work`) }, 'an error that does'),
      () => log().warn({ auth: Buffer.from(token).toString('base64') }, 'encoded'),
      () => log().trace({ bytes: Buffer.from(token).toString('hex') }, 'as bytes'),
      () => console.error(new Error(token)),
    ];
    for (const line of lines) {
      said = '';
      line();
      expect(findLeaks(said, planted), said).toEqual(['access token']);
    }
    expect(findLeaks('{"pin":"739154","at":"12:00:00.739154","id":"a739154b"}', planted)).toEqual([
      'PIN of a draft',
    ]);
    expect(findLeaks('{"id":"a739154b"}', planted)).toEqual([]);
    const password = { password: 'words with "quotes" & more' };
    for (const clothed of [
      JSON.stringify(password),
      new URLSearchParams(password).toString().replaceAll('+', '%20'),
    ])
      expect(findLeaks(clothed, password)).toEqual(['password']);
    expect(withoutToken('/reset/abc/d')).toBe('/reset/…');
  });
});
