import { readFileSync } from 'node:fs';
import path from 'node:path';

// The first of ten ports for this run; its worker processes inherit it. Below those that the system hands out for
// connections, any of which may be taken at the moment.
process.env['PARLEY_E2E_PORT'] ??= String(20_000 + (process.pid % 1_000) * 10);
const first = Number(process.env['PARLEY_E2E_PORT']);

/** Ports of the product under test, and the first of three for one that a test may kill. */
export const ports = { web: first, meta: first + 1, database: first + 2, killed: first + 5 };

export const project = path.join(import.meta.dirname, '..');
export const dataFolder = path.join(project, '.data/e2e');
export const readyUrl = `http://127.0.0.1:${ports.web}/readyz`;
export const metaUrl = `http://127.0.0.1:${ports.meta}`;

type Running = { web: string; meta: string; database: string };

/** What a running product says of itself. */
export const running = (folder = dataFolder): Running =>
  JSON.parse(readFileSync(path.join(folder, 'running.json'), 'utf8'));

/** The key with which a product seals secrets; who makes tenants beside it needs the same. */
export const encryptionKey = (folder = dataFolder): string =>
  JSON.parse(readFileSync(path.join(folder, 'secrets.json'), 'utf8')).encryptionKey;
