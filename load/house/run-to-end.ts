import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Trouble } from './trouble.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Runs a Node program of a checkout to its end and answers what it printed. */
export async function runToEnd(root: string, args: readonly string[], variables: Variables): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...args], {
      cwd: root,
      env: { ...variables, NODE_ENV: 'production' },
      maxBuffer: 10_000_000,
    });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Trouble(`${args.join(' ')} failed:\n${said.slice(-2_000)}`);
  }
}
