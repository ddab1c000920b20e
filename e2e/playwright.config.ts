import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { ports, readyUrl } from './product.ts';

const executablePath = findBrowser();

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  projects: [
    // These wait more than they work: one after the other, beside journeys, they leave no core idle.
    { name: 'faults', testMatch: 'faults/*.e2e.ts', workers: 1 },
    { name: 'journeys', testMatch: '*.e2e.ts', testIgnore: 'faults/**' },
  ],
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // What passes at its second try only is named in the last lines of `npm test`.
  retries: process.env['CI'] ? 1 : 0,
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: `http://localhost:${ports.web}`,
    // Half as much work again, so a second try alone is recorded; without one, ask for it: --trace retain-on-failure.
    trace: 'on-first-retry',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  webServer: {
    command: `${process.execPath} e2e/start-product.ts`,
    cwd: '..',
    url: readyUrl,
    timeout: 900_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'pipe',
  },
});
