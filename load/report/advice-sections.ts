import type { Bottleneck } from '#load/model/bottlenecks.ts';
import { type Block, heading, list, source, table, text } from './document.ts';
import type { System } from './system.ts';
import { percent, perSecond } from './words.ts';

/** What was full, at the highest level that was carried; of a stated system what its report found. */
export function bottlenecksSection({ capacity, basis, counted }: System): Block[] {
  const found = basis.run.bottlenecks ?? [];
  return [
    heading(3, 'Bottlenecks'),
    ...(capacity.bottlenecks.length > 0
      ? [
          text(
            'How full each was at the highest level that was carried, and the rate at which it would be all full.',
          ),
          table(
            ['What', 'Full', `Full at, ${counted}`],
            capacity.bottlenecks.map(({ name, share, bound }) => [
              `**${name}**`,
              percent(share),
              perSecond(bound),
            ]),
          ),
        ]
      : found.flatMap(({ name, findings }, index) => [heading(4, `${index + 1}. ${name}`), list(findings)])),
    source(basis.file),
  ];
}

/** What would help, fullest first: each remedy moves the limit to what is full next, and no further. */
export function recommendationsSection({ capacity, basis }: System): Block[] {
  const advised = basis.run.recommendations ?? [];
  const { bottlenecks } = capacity;
  const rows = bottlenecks
    .slice(0, -1)
    .map((one, index) => [
      ...[`**${index + 1}**`, remedyFor(one)],
      `at most +${percent((bottlenecks[index + 1]?.bound ?? one.bound) / one.bound - 1)}, then ${bottlenecks[index + 1]?.name} is full`,
    ]);
  if (rows.length === 0 && advised.length === 0) return [];
  return [
    heading(3, 'Recommendations'),
    rows.length > 0
      ? table(['Priority', 'Action', 'Bound'], rows)
      : table(
          ['Priority', 'Action', 'Expected by its report'],
          advised.map(({ priority, action, expected }) => [`**${priority}**`, action, expected]),
        ),
    source(basis.file),
  ];
}

function remedyFor({ name }: Bottleneck): string {
  if (name.includes('machine')) return 'More cores, or the database on a machine of its own';
  if (name.includes('postgres')) return 'More cores for the database';
  if (name.includes('worker')) return 'Another worker';
  if (name.includes('connections')) return 'A larger connection limit';
  return `Another process for ${name.replace('CPU, ', '')}`;
}
