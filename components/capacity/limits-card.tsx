import { Card } from './card.tsx';
import type { Measured } from './queries.ts';
import { percent, sentenceCase } from './words.ts';

/** Fuller than this leaves no room. */
const full = 0.9;

/** How full everything was at the highest level that was carried; the fullest is what limits. */
export function LimitsCard({ measured: { bottlenecks } }: { measured: Measured }) {
  const [fullest] = bottlenecks;
  if (!fullest) return null;
  return (
    <Card
      title="What limits it"
      note={`${sentenceCase(fullest.name)} is fullest at the highest load that was carried, at ${percent(fullest.share)}`}
    >
      <ul className="space-y-2">
        {bottlenecks.map(({ name, share }) => {
          const isFullest = name === fullest.name;
          const look = isFullest ? 'font-medium text-strong' : 'text-normal';
          return (
            <li key={name} className="flex items-center gap-3 text-sm">
              <span className={`w-40 shrink-0 max-[639px]:w-32 ${look}`}>{sentenceCase(name)}</span>
              <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-full bg-surface-3">
                <span
                  className={`block h-full rounded-full ${!isFullest ? 'bg-chart-2' : share >= full ? 'bg-danger' : 'bg-chart-1'}`}
                  style={{ width: `${Math.min(100, share * 100)}%` }}
                />
              </span>
              <span className={`num w-12 text-end ${look}`}>{percent(share)}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
