import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { withLock } from '#server/main/folder-lock.ts';
import { writeWholeFile } from '#server/main/whole-file.ts';

const project = path.join(import.meta.dirname, '..');
const generated = path.join(project, 'server/db/generated');
const stamp = path.join(generated, '.stamp');
const cli = path.join(project, 'node_modules/prisma/build/index.js');

/**
 * Generates the Prisma client into `server/db/generated` if the schema or Prisma's version changed; returns whether it
 * did. Safe to run twice at once. The stamp is written last, so a killed run is repeated.
 */
export async function generate(): Promise<boolean> {
  if (isFresh()) return false;
  mkdirSync(path.join(project, '.data'), { recursive: true, mode: 0o700 });
  return withLock(path.join(project, '.data/generate.lock'), async () => {
    if (isFresh()) return false;
    rmSync(stamp, { force: true });
    await runPrisma();
    writeWholeFile(stamp, fingerprint());
    return true;
  });
}

function isFresh(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

function fingerprint(): string {
  const hash = createHash('sha256').update(
    readFileSync(path.join(project, 'node_modules/prisma/package.json')),
  );
  const schema = path.join(import.meta.dirname, 'schema');
  for (const name of readdirSync(schema, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.prisma')) hash.update(name).update(readFileSync(path.join(schema, name)));
  return hash.digest('hex');
}

/** Every Prisma command looks for the native engine and would download it; `generate` never runs it: any file will do. */
function runPrisma(): Promise<void> {
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'generate'], { cwd: project, env, stdio: 'pipe' });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-4000);
      });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The Prisma client could not be generated:\n${said.trim()}`)),
    );
  });
}

if (import.meta.main) await generate();
