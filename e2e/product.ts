import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Ports of the product under test, away from those that somebody may be using. */
export const ports = { web: 43_000, meta: 43_100, database: 43_200 };

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
