import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const installed = [
  // Without the browser's own windows the journeys take less than half of the processor.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser that CHROMIUM names, else Playwright's own where it was downloaded, else the system's, else none. */
export function findBrowser(): string | undefined {
  const places = [process.env['CHROMIUM'], chromium.executablePath(), ...installed];
  return places.find((file) => file && existsSync(file));
}
