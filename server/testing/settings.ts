/** What every test process runs with; a test file's database comes from `testDatabase`. */
export const testSettings = {
  NODE_ENV: 'test',
  AUTH_SECRET: 'a secret that only tests know',
  ENCRYPTION_KEY: Buffer.alloc(32, 'tests').toString('base64'),
  META_APP_SECRET: 'demo-app-secret',
  META_VERIFY_TOKEN: 'demo-verify-token',
  APP_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
  DB_POOL_SIZE: '8',
} as const;

Object.assign(process.env, testSettings);
