import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

// The house, ground floor first. A room imports rooms on lower floors, never its neighbours and nothing above. A file
// that stands alone in its layer is a room of its own, under its whole name.
const floors = [
  ['load/model', 'server/env.ts', 'server/refusal.ts'],
  ['server/log.ts', 'server/metrics.ts', 'server/secrets', 'server/csv', 'server/simulated-meta.ts'],
  ['server/db', 'server/whatsapp', 'server/process'],
  ['server/jobs', 'server/realtime', 'server/audit', 'server/storage'],
  ['server/mail', 'server/pressure'],
  ['server/auth'],
  ['server/trpc'],
  ['server/capacity'],
  ['server/account', 'server/tenants'],
  ['server/channels'],
  ['server/leads', 'server/templates'],
  ['server/conversations'],
  ['server/delivery', 'server/ingest'],
  ['server/bot'],
  [
    'server/inbox',
    'server/imports',
    'server/connect',
    'server/members',
    'server/people',
    'server/trace',
    'server/consent',
  ],
  ['server/onboarding', 'server/admin', 'server/merges', 'server/exports'],
  ['server/web', 'server/router.ts'],
  ['server/web.ts', 'server/worker.ts'],
];

// Who stands beside the house, and what exactly each may reach for. `components/*`: a feature's room.
const beside: Record<string, string[]> = {
  app: [
    'components/*',
    'server/auth',
    'server/ingest',
    'server/router.ts',
    'server/simulated-meta.ts',
    'server/trpc',
  ],
  'components/ui': [],
  // Beyond the router and its context: types of what the router answers.
  'components/trpc': ['components/ui', 'server/router.ts', 'server/trpc', 'server/inbox'],
  // The model computes what a page lets people try.
  'components/*': ['components/ui', 'components/trpc', 'load/model'],
  'load/wire': [],
  'load/meta': ['load/model', 'load/wire'],
  'load/generator': ['load/model', 'load/wire'],
  'load/machine': [],
  'load/report': ['load/machine', 'load/model'],
  'load/house': ['load/generator', 'load/meta'],
  'load/scenarios': [
    'load/generator',
    'load/house',
    'load/machine',
    'load/meta',
    'load/model',
    'load/report',
  ],
  'load/chaos': ['load/generator', 'load/house', 'load/machine', 'load/meta', 'load/model', 'load/report'],
  'load/imports': ['load/generator', 'load/house', 'load/machine'],
  'load/plans': ['load/house', 'load/machine', 'load/model'],
  'load/run.ts': ['load/house', 'load/imports', 'load/plans', 'load/report', 'load/scenarios'],
  // It starts the house like anybody and knocks at its front doors.
  e2e: ['load/model', 'load/meta', 'server/main.ts'],
  // A start generates, migrates and seeds, and each of these takes the start's locks.
  prisma: ['server/*', 'load/meta'],
  'server/main': ['prisma', 'server/env.ts', 'server/secrets'],
  'server/main.ts': ['server/main'],
  // An administrator's command, through the rooms that it writes to.
  'server/setup': ['prisma', 'server/*'],
  'server/rotate-key': ['prisma', 'server/*'],
};

type Import = { from: string; to: string };

const named = /(?:\bfrom|\bimport)\s*\(?\s*(['"`])((?:[#.])[^'"`\n]*)\1/g;

/** What a source imports of ours: statically, for its side effects, dynamically, or to hand it on. */
const importsOf = (source: string): string[] => [...source.matchAll(named)].map(([, , name = '']) => name);

/** The room of a path from the project's root. */
function roomOf(file: string): string {
  const [layer = '', second = '', third] = file.split('/');
  if (['app', 'e2e', 'prisma'].includes(layer)) return layer;
  return third === undefined ? file : `${layer}/${second}`;
}

const resolve = (file: string, name: string) =>
  name.startsWith('#') ? name.slice(1) : path.posix.join(path.posix.dirname(file), name);

/** Why this import is wrong, or undefined. */
function fault({ from, to }: Import): string | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return;
  if (there === 'server/testing') return `${there} is for tests`;
  const allowed = beside[here] ?? (here.startsWith('components/') ? beside['components/*'] : undefined);
  if (allowed)
    return allowed.some(
      (room) => room === there || (room.endsWith('/*') && there.startsWith(room.slice(0, -1))),
    )
      ? undefined
      : `${here} has nothing to look for in ${there}`;
  const [low, high] = [floorOf(there), floorOf(here)];
  if (high < 0) return `${here} stands on no floor`;
  if (low < 0) return `${there} stands on no floor`;
  return low < high ? undefined : `${here} may not lean on ${there}`;
}

const floorOf = (room: string) => floors.findIndex((floor) => floor.includes(room));

const files = globSync('{app,components,e2e,load,prisma,server}/**/*.{ts,tsx}', {
  exclude: (name) => /\.test\.tsx?$/.test(name) || name === 'generated' || name === 'node_modules',
})
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => roomOf(file) !== 'server/testing');

test('every import leads downstairs', () => {
  expect(files.length).toBeGreaterThan(100);
  const faults = files.flatMap((from) =>
    importsOf(readFileSync(from, 'utf8')).flatMap((name) => fault({ from, to: resolve(from, name) }) ?? []),
  );
  expect([...new Set(faults)]).toEqual([]);
});

test('every room of the server has its floor', () => {
  const rooms = new Set(
    files.map(roomOf).filter((room) => room.startsWith('server/') || room.startsWith('load/')),
  );
  expect([...rooms].filter((room) => floorOf(room) < 0 && !beside[room])).toEqual([]);
});

describe('what counts as an import', () => {
  test.each([
    ["import { a } from '#server/db/x.ts';", '#server/db/x.ts'],
    ['import type { A } from "#server/db/x.ts";', '#server/db/x.ts'],
    ["import '#server/db/x.ts';", '#server/db/x.ts'],
    ["const { a } = await import('#server/db/x.ts');", '#server/db/x.ts'],
    ['await import(`#server/db/x.ts`)', '#server/db/x.ts'],
    ["await import(\n  '#server/db/x.ts'\n)", '#server/db/x.ts'],
    ["export { a } from '#server/db/x.ts';", '#server/db/x.ts'],
    ["import a, {\n  b,\n} from './x.ts';", './x.ts'],
    ["type A = import('#server/db/x.ts').A;", '#server/db/x.ts'],
  ])('%s', (source, name) => {
    expect(importsOf(source)).toEqual([name]);
  });

  test.each([
    "import path from 'node:path';",
    "const from = '#server/db/x.ts';",
    "import.meta.resolve('./x.ts')",
  ])('not %s', (source) => {
    expect(importsOf(source)).toEqual([]);
  });
});

describe('what is told apart', () => {
  test.each([
    ['server/leads/a.ts', 'server/conversations/b.ts', 'server/leads may not lean on server/conversations'],
    ['server/leads/a.ts', 'server/templates/b.ts', 'server/leads may not lean on server/templates'],
    ['server/whatsapp/a.ts', 'server/db/b.ts', 'server/whatsapp may not lean on server/db'],
    ['server/db/a.ts', 'server/web.ts', 'server/db may not lean on server/web.ts'],
    ['server/web/a.ts', 'server/web.ts', 'server/web may not lean on server/web.ts'],
    ['server/attic/a.ts', 'server/env.ts', 'server/attic stands on no floor'],
    ['server/worker.ts', 'server/attic/a.ts', 'server/attic stands on no floor'],
    ['server/worker.ts', 'server/testing/a.ts', 'server/testing is for tests'],
    ['app/t/page.tsx', 'server/db/a.ts', 'app has nothing to look for in server/db'],
    [
      'components/inbox/a.tsx',
      'components/leads/b.tsx',
      'components/inbox has nothing to look for in components/leads',
    ],
    [
      'components/inbox/a.tsx',
      'server/inbox/b.ts',
      'components/inbox has nothing to look for in server/inbox',
    ],
    ['load/meta/a.ts', 'server/env.ts', 'load/meta has nothing to look for in server/env.ts'],
    ['e2e/a.ts', 'server/db/b.ts', 'e2e has nothing to look for in server/db'],
    ['server/inbox/a.ts', 'server/bot/b.ts', undefined],
    ['app/t/page.tsx', 'components/inbox/a.tsx', undefined],
  ])('%s → %s', (from, to, why) => {
    expect(fault({ from, to })).toBe(why);
  });
});
