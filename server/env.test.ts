import { describe, expect, test } from 'vitest';
import { readEnv, readStartingEnv, WrongSettings } from './env.ts';

const right = {
  DATABASE_URL: 'postgres://a:b@127.0.0.1:5432/parley',
  AUTH_SECRET: 'sixteen letters and more',
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  META_APP_SECRET: 's',
  META_VERIFY_TOKEN: 't',
};

function problems(
  part: Record<string, string | undefined>,
  read: typeof readEnv | typeof readStartingEnv = readEnv,
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
  expect(readEnv(right)).toMatchObject({
    ...{ NODE_ENV: 'production', PORT: 3000, TRUST_PROXY: 0, PARLEY_DEMO: '0' },
    ...{ GRAPH_API_URL: 'https://graph.facebook.com', GRAPH_API_VERSION: 'v25.0' },
  });
});

test('an empty setting is one that is not given', () => {
  expect(readEnv({ ...right, PORT: '', METRICS_TOKEN: '' })).toMatchObject({ PORT: 3000 });
  expect(readEnv({ ...right, METRICS_TOKEN: '' }).METRICS_TOKEN).toBeUndefined();
});

test('an address to which paths are joined may end in a slash', () => {
  const given = { ...right, APP_URL: 'https://parley.example/', GRAPH_API_URL: 'http://127.0.0.1:3100//' };
  expect(readEnv(given)).toMatchObject({
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
