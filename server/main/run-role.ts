import { type ChildProcess, spawn } from 'node:child_process';
import { generate } from '#prisma/generate.ts';
import { buildPages, isBuilt } from './build.ts';
import { openDataFolder } from './data-folder.ts';
import { keepHelpers } from './helper.ts';
import { step } from './say.ts';
import { checkComplete, dataFolderOf, project, readVariables, type Variables } from './surroundings.ts';

export const roles = ['web', 'ingest', 'worker', 'meta', 'migrate', 'setup'] as const;
export type Role = (typeof roles)[number];

/**
 * Runs one part in the foreground, as production does: its output is this process's, and so is its exit code. `words`:
 * what follows its name on the command line.
 */
export async function runRole(
  role: Role,
  words: readonly string[],
  onChild: (child: ChildProcess) => void,
): Promise<number> {
  const variables: RoleVariables = { NODE_ENV: 'production', ...readVariables() };
  if (role !== 'meta') checkComplete(variables, role);
  await generate();
  if (role === 'web' && !isBuilt()) await build(variables);
  const count = role === 'worker' ? Number(variables['WORKER_PROCESSES'] ?? 1) : 1;
  const children = Array.from({ length: count }, () => start(role, words, variables));
  for (const child of children) onChild(child);
  return Math.max(...(await Promise.all(children.map((child) => untilEnd(child, children)))));
}

type RoleVariables = Variables & { readonly NODE_ENV: string };

async function build(variables: RoleVariables): Promise<void> {
  const folder = dataFolderOf(variables);
  openDataFolder(folder);
  const helpers = keepHelpers({ noteChild() {}, forgetChild() {} });
  await step('Pages built', () => buildPages(helpers, variables, folder));
}

function start(role: Role, words: readonly string[], variables: RoleVariables): ChildProcess {
  return spawn(process.execPath, argsOf(role, words, variables), {
    cwd: project,
    env: { ...variables, NODE_ENV: variables.NODE_ENV === 'development' ? 'development' : 'production' },
    stdio: [role === 'setup' ? 'inherit' : 'ignore', 'inherit', 'inherit', 'ipc'],
  });
}

function argsOf(role: Role, words: readonly string[], variables: Variables): string[] {
  if (role === 'meta') return ['load/meta/main.ts'];
  if (role === 'migrate') return ['prisma/migrate.ts'];
  if (role === 'setup') return ['server/setup/main.ts', ...words];
  if (role === 'worker') return ['server/worker.ts'];
  if (role === 'ingest') return ['server/web.ts', '--ingest'];
  return [Number(variables['WEB_PROCESSES'] ?? 1) > 1 ? 'server/main/web-cluster.ts' : 'server/web.ts'];
}

/** When one of several ends, the others end too: who runs this in production starts all of it again. */
function untilEnd(child: ChildProcess, all: readonly ChildProcess[]): Promise<number> {
  return new Promise((resolve) => {
    const end = (code: number) => {
      for (const other of all) other.kill('SIGTERM');
      resolve(code);
    };
    child.once('error', () => end(1));
    child.once('exit', (code) => end(code ?? 1));
  });
}
