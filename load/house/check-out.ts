import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { loadFolder, project } from './load-folder.ts';

const run = promisify(execFile);

/** Another commit of this repository in a folder of its own, with this one's packages. */
export async function checkOut(commit: string, say: (what: string) => void) {
  mkdirSync(loadFolder, { recursive: true, mode: 0o700 });
  const root = path.join(mkdtempSync(path.join(loadFolder, `commit-${process.pid}-`)), 'parley');
  const git = (...args: string[]) => run('git', args, { cwd: project });
  async function remove() {
    await git('worktree', 'remove', '--force', root).catch(() => {});
    rmSync(path.dirname(root), { recursive: true, force: true });
    await git('worktree', 'prune').catch(() => {});
  }
  try {
    await git('worktree', 'add', '--detach', root, commit);
    symlinkSync(path.join(project, 'node_modules'), path.join(root, 'node_modules'));
    const { stdout } = await git('diff', '--stat', commit, '--', 'package-lock.json');
    if (stdout.trim())
      say(`${commit} has another package-lock.json; it runs with the packages of this one\n`);
    if (existsSync(path.join(root, 'prisma/generate.ts')))
      await run(process.execPath, ['prisma/generate.ts'], { cwd: root });
    return { root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
