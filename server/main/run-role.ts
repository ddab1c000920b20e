import { type ChildProcess, spawn } from 'node:child_process';
import { generate } from '#prisma/generate.ts';
import { buildPages, isBuilt } from './build.ts';
import { openDataFolder } from './data-folder.ts';
import { keepHelpers } from './helper.ts';
import { ownVariables } from './own-variables.ts';
import { step } from './say.ts';
import { checkComplete, dataFolderOf, project, readVariables, type Variables } from './surroundings.ts';
import { ingestFlags, workerFlags } from './v8-flags.ts';

export const roles = ['web', 'ingest', 'worker', 'meta', 'migrate', 'setup', 'rotate-key'] as const;
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
  const given = readVariables();
  const own = role === 'rotate-key' ? ownVariables(given) : {};
  const variables: RoleVariables = { NODE_ENV: 'production', ...own, ...given };
  if (role !== 'meta') checkComplete(variables, role);
  await generate();
  if (role === 'web' && !isBuilt()) await build(variables);
  const child = spawn(process.execPath, argsOf(role, words, variables), {
    cwd: project,
    env: { ...variables, NODE_ENV: variables.NODE_ENV === 'development' ? 'development' : 'production' },
    stdio: [role === 'setup' ? 'inherit' : 'ignore', 'inherit', 'inherit', 'ipc'],
  });
  onChild(child);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

type RoleVariables = Variables & { readonly NODE_ENV: string };

async function build(variables: RoleVariables): Promise<void> {
  const folder = dataFolderOf(variables);
  openDataFolder(folder);
  const helpers = keepHelpers({ noteChild() {}, forgetChild() {} });
  await step('Pages built', () => buildPages(helpers, variables, folder));
}

function argsOf(role: Role, words: readonly string[], variables: Variables): readonly string[] {
  switch (role) {
    case 'meta':
      return ['load/meta/main.ts'];
    case 'migrate':
      return ['prisma/migrate.ts'];
    case 'setup':
      return ['server/setup/main.ts', ...words];
    case 'rotate-key':
      return ['server/rotate-key/main.ts'];
    case 'worker':
      return [...workerFlags, ...several(variables['WORKER_PROCESSES'], ['server/worker.ts'])];
    case 'ingest':
      return [...ingestFlags, ...several(variables['WEB_PROCESSES'], ['server/web.ts', '--ingest'])];
    case 'web':
      return several(variables['WEB_PROCESSES'], ['server/web.ts']);
  }
}

/** The arguments that run a script in one process, or in several that share its ports. */
export function several(count: number | string | undefined, script: string[]): string[] {
  return Number(count ?? 1) > 1 ? ['server/main/process-cluster.ts', String(count), ...script] : script;
}
