import { defineConfig } from 'vitest/config';

// Tests of rules: no database, and nothing that a later file in the same process would find changed.
const rules = [
  'components/**/*.test.ts',
  'load/{generator,meta,model,report,wire}/**/*.test.ts',
  'server/whatsapp/**/*.test.ts',
];
const each = {
  setupFiles: ['server/testing/settings.ts'],
  // Long enough for a machine that has others to serve as well.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // A second, if not told, is little on a busy machine.
  expect: { poll: { timeout: 10_000 } },
  // What next-auth and the like need of "server-only" and Next is the servers' business.
  server: { deps: { inline: ['next-auth'] } },
};

export default defineConfig({
  test: {
    // Files run beside each other; within a file one after the other.
    maxWorkers: 3,
    projects: [
      // Each with its own process and its own database.
      {
        test: {
          ...each,
          name: 'house',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: ['node_modules/**', '.next/**', '.data/**', ...rules],
          globalSetup: ['server/testing/global-setup.ts'],
        },
      },
      // A process takes the next file when it is done with one: to start one takes longer than most of these.
      { test: { ...each, name: 'rules', include: rules, isolate: false } },
    ],
  },
});
