// Makes sure that there is a browser for the journeys: found, else installed, else one clear line.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './browser.ts';

const root = process.getuid?.() === 0;
const ways = [
  () => run(process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium'),
  () =>
    root &&
    run('apt-get', 'update', '-qq') &&
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'),
];

if (!findBrowser()) console.log('Installing a browser for the journeys (once) …');
if (!findBrowser() && !ways.some((way) => way() && findBrowser())) {
  console.error(
    'No Chromium was found and none could be installed: install one, or name it in CHROMIUM, then run this again.',
  );
  process.exit(1);
}

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}
