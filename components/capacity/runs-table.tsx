import type { ReactNode } from 'react';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { clockTime, tableDate } from '#components/ui/time-words.ts';
import { Cell, Head, RowHead, rowClass, TableBox } from './card.tsx';
import type { Run } from './queries.ts';
import { count, lasting, milliseconds, rateNumber, sentenceCase, timeZone } from './words.ts';

type Props = {
  runs: Run[];
  /** What stands before and behind a run's line, where something can be done with it. */
  before?: (run: Run) => ReactNode;
  after?: (run: Run) => ReactNode;
};

/** On phones a run's name says which scenario it was; the rest is on the wider page. */
const wide = 'max-[639px]:hidden';

/** Measured runs, newest first; a rate counts what its run counted. */
export function RunsTable({ runs, before, after }: Props) {
  return (
    <TableBox label="Measured runs">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line">
            {before && (
              <Head>
                <span className="sr-only">Compare</span>
              </Head>
            )}
            <Head>Run</Head>
            <Head className={wide}>Scenario</Head>
            <Head end className={wide}>
              Length
            </Head>
            <Head end>Carried</Head>
            <Head end className={wide}>
              p95
            </Head>
            <Head end className={wide}>
              Lost
            </Head>
            <Head className="ps-4">Verdict</Head>
            {after && (
              <Head>
                <span className="sr-only">What can be done</span>
              </Head>
            )}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} className={rowClass}>
              {before && <Cell>{before(run)}</Cell>}
              <RowHead className="whitespace-nowrap">
                <Time
                  at={run.measuredAt}
                  timeZone={timeZone}
                  words={`${tableDate(new Date(run.measuredAt), timeZone)}, ${clockTime(new Date(run.measuredAt), timeZone)}`}
                />
                <span className="block max-w-60 truncate text-xs font-normal text-muted max-[639px]:max-w-36">
                  {run.name}
                </span>
              </RowHead>
              <Cell className={wide}>{sentenceCase(run.scenario)}</Cell>
              <Cell end className={wide}>
                {run.levels > 0 ? `${run.levels} levels, ${lasting(run.seconds)}` : '–'}
              </Cell>
              <Cell end>{run.carried === null ? '–' : `${rateNumber(run.carried)}\u00a0${run.unit}s/s`}</Cell>
              <Cell end className={wide}>
                {run.p95 === null ? '–' : milliseconds(run.p95)}
              </Cell>
              <Cell end className={wide}>
                {count(run.lost)}
              </Cell>
              <Cell className="min-w-36 ps-4 max-[639px]:min-w-0">
                <Verdict run={run} />
              </Cell>
              {after && (
                <Cell end className="whitespace-nowrap">
                  {after(run)}
                </Cell>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Verdict({ run: { inUse, verdict, unit } }: { run: Run }) {
  if (inUse) return <Tag tone="accent">In use</Tag>;
  if (verdict.state === 'valid') return unit === 'call' ? 'The replaced system' : 'Valid';
  const [word, tone] =
    verdict.state === 'void' ? (['Void', 'warning'] as const) : (['Invalid', 'danger'] as const);
  return (
    <>
      <Tag tone={tone}>{word}</Tag>{' '}
      <span className="text-muted">{verdict.reasons.join('; ') || 'no reason was noted'}</span>
    </>
  );
}
