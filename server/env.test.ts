import { describe, expect, test } from 'vitest';
import { type Part, readEnv, readStartingEnv, WrongSettings } from './env.ts';

const right = {
  DATABASE_URL: 'postgres://a:b@127.0.0.1:5432/parley',
  AUTH_SECRET: 'sixteen letters and more',
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  META_APP_SECRET: 's',
  META_VERIFY_TOKEN: 't',
};

function problems(
  part: Record<string, string | undefined>,
  read: (source: Record<string, string | undefined>) => unknown = (source) => readEnv(source, 'web'),
) {
  try {
    read({ ...right, ...part });
    return [];
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
}

test('with what must be given, everything else has its value', () => {
  expect(readEnv(right, 'web')).toMatchObject({
    ...{ NODE_ENV: 'production', PORT: 3000, TRUST_PROXY: 0, PARLEY_DEMO: '0' },
    ...{ GRAPH_API_URL: 'https://graph.facebook.com', GRAPH_API_VERSION: 'v25.0' },
  });
});

test('an empty setting is one that is not given', () => {
  expect(readEnv({ ...right, PORT: '', METRICS_TOKEN: '' }, 'web')).toMatchObject({ PORT: 3000 });
  expect(readEnv({ ...right, METRICS_TOKEN: '' }, 'web').METRICS_TOKEN).toBeUndefined();
});

test('an address to which paths are joined may end in a slash', () => {
  const given = { ...right, APP_URL: 'https://parley.example/', GRAPH_API_URL: 'http://127.0.0.1:3100//' };
  expect(readEnv(given, 'web')).toMatchObject({
    APP_URL: 'https://parley.example',
    GRAPH_API_URL: 'http://127.0.0.1:3100',
  });
});

describe('one clear line names the setting that is missing', () => {
  test.each(Object.keys(right))('%s', (name) => {
    for (const value of [undefined, ''])
      expect(problems({ [name]: value })).toEqual([
        `${name} is not set. See .env.example for what it must be.`,
      ]);
    expect(problems({ [name]: undefined }, readStartingEnv)).toEqual([]);
  });
});

describe('a part demands what it uses, and nothing else', () => {
  test.each([
    ['web', Object.keys(right)],
    ['ingest', ['DATABASE_URL', 'ENCRYPTION_KEY', 'META_APP_SECRET', 'META_VERIFY_TOKEN']],
    ['worker', ['DATABASE_URL', 'ENCRYPTION_KEY']],
    ['migrate', ['DATABASE_URL', 'ENCRYPTION_KEY']],
    ['setup', ['DATABASE_URL', 'ENCRYPTION_KEY']],
  ] as [Part, string[]][])('%s', (part, needed) => {
    const named = problems({}, () => readEnv({}, part)).map((line) => line.split(' ')[0]);
    expect(named.toSorted()).toEqual(needed.toSorted());
    const given = Object.fromEntries(Object.entries(right).filter(([name]) => needed.includes(name)));
    expect(problems({}, () => readEnv(given, part))).toEqual([]);
  });

  test('and is never handed an empty one: what was not given cannot be asked for', () => {
    const { DATABASE_URL, ENCRYPTION_KEY } = right;
    const settings = readEnv({ DATABASE_URL, ENCRYPTION_KEY }, 'worker');
    expect(settings.ENCRYPTION_KEY).toBe(ENCRYPTION_KEY);
    expect(() => settings.META_APP_SECRET).toThrow('META_APP_SECRET is not set');
  });
});

test.each(['mysql://root@localhost/x', 'postgres://localhost', 'postgres:///parley', 'postgres://a:b#c@h/d'])(
  'of a DATABASE_URL like %s it is said what is expected',
  (value) => {
    expect(problems({ DATABASE_URL: value })[0]).toContain(
      'expected postgres://user:password@host:5432/database',
    );
  },
);

test.each(['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'])('%s is a LISTEN_HOST', (value) => {
  expect(problems({ LISTEN_HOST: value })).toEqual([]);
});

describe('one clear line names the setting that is wrong', () => {
  test.each([
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'nonsense'],
    ['DATABASE_REPLICA_URL', 'http://localhost'],
    ['AUTH_SECRET', 'short'],
    ['ENCRYPTION_KEY', 'not base64!'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64')],
    ['ENCRYPTION_KEY', Buffer.alloc(33).toString('base64')],
    ['APP_URL', 'parley.example'],
    ['LISTEN_HOST', '999.1.1.1'],
    ['LISTEN_HOST', 'parley.example'],
    ['LISTEN_HOST', '127.0.0.1:3000'],
    ['PORT', 'a'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '30.5'],
    ['GRAPH_API_URL', 'ftp://x'],
    ['GRAPH_API_VERSION', '25'],
    ['SMTP_URL', 'mail.example'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', 'true'],
    ['METRICS_TOKEN', 'short'],
    ['WEB_PROCESSES', '0'],
    ['DB_POOL_SIZE', '1'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'prod'],
    ['PARLEY_DEMO', 'yes'],
  ])('%s=%s', (name, value) => {
    const found = problems({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} is wrong \\(.+\\)\\. See \\.env\\.example`));
    expect(found[0]).not.toContain('\n');
  });

  test('and each of several has its own', () => {
    expect(problems({ PORT: 'a', LOG_LEVEL: 'loud', AUTH_SECRET: undefined })).toHaveLength(3);
  });
});
