import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Who sees every tenant's rows. A new line here is a decision: what has a tenant goes through withTenant.
const throughPlatform = [
  // Before anybody is known
  'server/auth/sessions.ts',
  'server/auth/sign-in.ts',
  'server/tenants/create-tenant.ts',
  'server/tenants/delete-own-tenant.ts',
  'server/tenants/find-member.ts',
  'server/members/accept-invitation.ts',
  'server/members/read-invitation.ts',
  'server/members/sign-up-by-invitation.ts',
  'server/capacity/ask-for-more.ts',
  'server/capacity/take-tokens.ts',
  'server/capacity/warn-of-quotas.ts',
  'server/channels/find-channel.ts',
  'server/channels/find-draft.ts',
  'server/channels/note-arrivals.ts',
  'server/channels/sweep-channels.ts',
  // A person's own, who may be in many tenants or none
  'server/auth/change-email.ts',
  'server/auth/change-password.ts',
  'server/auth/confirm-email.ts',
  'server/auth/demand-password.ts',
  'server/auth/limits.ts',
  'server/auth/link-of.ts',
  'server/auth/list-sessions.ts',
  'server/auth/read-account.ts',
  'server/auth/rename.ts',
  'server/auth/reset-password.ts',
  'server/auth/second-factor.ts',
  'server/auth/sign-out-everywhere.ts',
  'server/auth/sign-up.ts',
  'server/auth/sweep-accounts.ts',
  'server/mail/deliver-letter.ts',
  'server/mail/read-outbox.ts',
  'server/mail/sweep-letters.ts',
  'server/storage/sweep-files.ts',
  'server/imports/sweep-imports.ts',
  // Many tenants in one commit
  'server/ingest/commit-events.ts',
  'server/ingest/sweep-quarantine.ts',
  'server/jobs/consume.ts',
  'server/pressure/tell-pressure.ts',
  'server/pressure/watch-pressure.ts',
  'server/people/erase-leads.ts',
  'server/bot/take-turns.ts',
  'server/bot/sweep-turns.ts',
  'server/delivery/claim-message.ts',
  'server/delivery/settle-attempt.ts',
  'server/delivery/release-held.ts',
  'server/delivery/sweep-outbox.ts',
  'server/delivery/sweep-early-statuses.ts',
  'server/delivery/start-deliveries.ts',
  // The installation itself
  'server/admin/audit-router.ts',
  'server/admin/create-tenant.ts',
  'server/admin/erase-tenants.ts',
  'server/admin/list-tenants.ts',
  'server/admin/read-tenant.ts',
  'server/admin/router.ts',
  'server/admin/sell.ts',
  'server/capacity/admin-router.ts',
  'server/capacity/fold-usage.ts',
  'server/capacity/read-capacity.ts',
  'server/capacity/sample-traffic.ts',
  'server/capacity/take-shipped-runs.ts',
  'server/rotate-key/reseal.ts',
  'server/rotate-key/rotate-key.ts',
  'server/setup/channel.ts',
  'server/setup/login.ts',
  'server/setup/run-command.ts',
  'server/setup/superadmin.ts',
  'server/setup/tenant.ts',
  'server/db/takes-writes.ts',
  'prisma/demo-tenant.ts',
  'prisma/load-import.ts',
  'prisma/load-tenants.ts',
  'prisma/seed.ts',
];

const sources = globSync('{app,components,load,prisma,server}/**/*.{ts,tsx}', {
  exclude: (name) => name.endsWith('.test.ts') || name === 'generated' || name === 'testing',
});
const sourcesThat = (pattern: RegExp) =>
  sources.filter((file) => pattern.test(readFileSync(file, 'utf8'))).sort();

test('these files open the door to every tenant’s rows, and no others', () => {
  const users = sourcesThat(/import (?!type)[^;]*\bas(Platform|Batch)\b[^;]*from/);
  expect(users).toEqual([...throughPlatform].sort());
});

test('Prisma’s client is known to server/db alone', () => {
  const users = sourcesThat(/generated\/client|@prisma\/(client|adapter-pg)/);
  expect(users.filter((file) => !file.startsWith('server/db/'))).toEqual(['prisma/diff.ts']);
});

test('PostgreSQL is spoken to directly by the doors, the listener, the migrations, the start and the load tool alone', () => {
  const users = sourcesThat(/from 'pg'|from 'pg-boss'/);
  expect(users.filter((file) => !/^server\/(db|jobs|main)\//.test(file))).toEqual([
    'load/chaos/watch.ts',
    'load/house/database.ts',
    'prisma/after-migrate.ts',
    'prisma/assert-may-migrate.ts',
    'prisma/migrate.ts',
    'prisma/reader-login.ts',
    'server/realtime/listen.ts',
    'server/rotate-key/former-connections.ts',
    'server/rotate-key/main.ts',
    'server/rotate-key/rotate-key.ts',
  ]);
});
