import { spawnSync } from 'node:child_process';
import { chmodSync, lchownSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export type OwnedCommand = {
  readonly command: string;
  readonly args: readonly string[];
  readonly owner: { uid?: number; gid?: number };
};

const nobody = 65534;
const mask = ['--user', '--map-user=1000', '--map-group=1000'];
let maskable: boolean | undefined;

/**
 * PostgreSQL refuses to run as root. A folder that somebody else owns already is theirs to run. Otherwise, in a user
 * namespace root looks like somebody else and keeps its files; where containers forbid that, `nobody` runs it and owns
 * `folder` (which then must not lie under a closed folder like /root).
 */
export function asOrdinaryUser(command: string, args: readonly string[], folder: string): OwnedCommand {
  if (process.getuid?.() !== 0) return { command, args, owner: {} };
  const { uid, gid } = statSync(folder);
  if (uid === 0) {
    maskable ??= spawnSync('unshare', [...mask, 'true']).status === 0;
    if (maskable) return { command: 'unshare', args: [...mask, command, ...args], owner: {} };
    giveToNobody(folder);
  }
  if (statSync(path.dirname(folder)).uid === 0) chmodSync(path.dirname(folder), 0o711);
  return { command, args, owner: uid === 0 ? { uid: nobody, gid: nobody } : { uid, gid } };
}

function giveToNobody(place: string): void {
  if (statSync(place).isDirectory())
    for (const name of readdirSync(place)) giveToNobody(path.join(place, name));
  lchownSync(place, nobody, nobody);
}
