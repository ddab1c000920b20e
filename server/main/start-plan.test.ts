import { expect, test } from 'vitest';
import { readEnv, readStartingEnv } from '#server/env.ts';
import { planStart } from './start-plan.ts';

const secrets = {
  authSecret: 'a'.repeat(43),
  encryptionKey: Buffer.alloc(32).toString('base64'),
  encryptionKeysOld: [],
  postgresPassword: 'p'.repeat(32),
};
const plan = (given: Record<string, string> = {}) =>
  planStart(given, readStartingEnv(given), { secrets, file: '/data/secrets.json' }, false);

test('without any setting a start runs the demo on the embedded database and the simulated Meta', () => {
  const { embedded, demo, metaAddress, webAddress, variables } = plan();
  expect({ embedded, demo, metaAddress, webAddress }).toEqual({
    embedded: true,
    demo: true,
    metaAddress: 'http://127.0.0.1:3100',
    webAddress: 'http://localhost:3000',
  });
  expect(readEnv(variables, 'web')).toMatchObject({
    META_APP_SECRET: 'demo-app-secret',
    GRAPH_API_URL: 'http://127.0.0.1:3100',
    AUTH_SECRET: secrets.authSecret,
    NODE_ENV: 'production',
  });
});

test('what is given wins over what a start would choose', () => {
  const given = { PORT: '4000', AUTH_SECRET: 'given-by-somebody', APP_URL: 'https://parley.example' };
  expect(plan(given).variables).toMatchObject({ ...given, META_WEBHOOK_BASE: 'http://127.0.0.1:4000' });
});

test('with a real Graph API there is no simulated Meta, no demo, and no secret that everybody knows', () => {
  const real = plan({ GRAPH_API_URL: 'https://graph.facebook.com' });
  expect(real.metaAddress).toBeUndefined();
  expect(real.demo).toBe(false);
  expect(real.variables['META_APP_SECRET']).toBeUndefined();
});

test('a database on another machine gets the demo world only when it is asked for', () => {
  const elsewhere = { DATABASE_URL: 'postgres://parley:secret@db.example:5432/parley' };
  expect(plan(elsewhere)).toMatchObject({ embedded: false, demo: false });
  expect(plan({ ...elsewhere, PARLEY_DEMO: '1' }).demo).toBe(true);
});

test('the simulated Meta may be named by its address', () => {
  expect(plan({ GRAPH_API_URL: 'http://localhost:3100' }).metaAddress).toBe('http://127.0.0.1:3100');
});
