import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', '.next/**', '.data/**'],
    globalSetup: ['server/testing/global-setup.ts'],
    setupFiles: ['server/testing/settings.ts'],
    // Files run beside each other, each with its own database; within a file one after the other.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What next-auth and the like need of "server-only" and Next is the servers' business.
    server: { deps: { inline: ['next-auth'] } },
  },
});
