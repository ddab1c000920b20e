import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the pages are built from. Tests, and what only starts things, leave them as they are. */
const sources = [
  ...['app', 'components', 'server', 'public', 'load/model', 'prisma/schema', 'next.config.ts', 'proxy.ts'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'postcss.config.mjs', 'postcss.config.ts'],
];
const leftOut = /(^|\/)(server\/main|server\/testing|server\/db\/generated)(\/|$)|\.test\.tsx?$/;

/** A fingerprint of everything the build reads, and of the Node that built. */
export function sourcesStamp(project: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources)
    for (const file of filesUnder(project, source))
      hash.update(`\0${file}\0`).update(readFileSync(path.join(project, file)));
  return hash.digest('hex');
}

function filesUnder(project: string, place: string): string[] {
  const full = path.join(project, place);
  if (leftOut.test(place) || !existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [place];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(project, `${place}/${name}`));
}
