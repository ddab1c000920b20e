'use client';
import { Table2, TrendingUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { latencyAt } from '#load/model/latency-curve.ts';
import { Card, Cell, Head, RowHead, rowClass, TableBox } from './card.tsx';
import { LatencyChart } from './latency-chart.tsx';
import type { CapacityView, Measured } from './queries.ts';
import { count, milliseconds, percent, rate, rateNumber } from './words.ts';

type Props = { measured: Measured; peak: CapacityView['traffic']['yesterdaysPeak'] };

/** How long a turn takes at which load: measured, fitted, and where it is sold up to. */
export function LatencyCard({ measured, peak }: Props) {
  const [isTable, setTable] = useState(false);
  const { knee, curve } = measured;
  return (
    <Card
      title="Latency against load"
      note="A turn: webhook in, bot’s reply accepted by Meta"
      action={
        <Button
          look="ghost"
          size="small"
          icon={isTable ? TrendingUp : Table2}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? 'Chart' : 'Table'}
        </Button>
      }
    >
      {isTable ? (
        <Levels measured={measured} />
      ) : (
        <>
          <LatencyChart measured={measured} peak={peak?.rate ?? null} className="hidden min-[640px]:block" />
          <LatencyChart
            isNarrow
            measured={measured}
            peak={peak?.rate ?? null}
            className="min-[640px]:hidden"
          />
          <p className="num mt-2 text-sm text-normal min-[640px]:hidden">
            {peak && curve && (
              <>
                Yesterday’s peak {rate(peak.rate)} at {milliseconds(latencyAt(curve, peak.rate))}.{' '}
              </>
            )}
            Sold up to {rate(measured.rate)}.
            {knee && curve && (
              <>
                {' '}
                Knee {rate(knee.value)} at {milliseconds(latencyAt(curve, knee.value))}, 95&nbsp;% sure
                between {rateNumber(knee.low)} and {rateNumber(knee.high)}.
              </>
            )}
          </p>
          <p className="num mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
            <span className="flex items-center gap-1.5">
              <span className="h-0.5 w-4 bg-chart-1" />
              p95 in ms, fitted to {measured.points.length} levels
            </span>
            <span className="flex items-center gap-1.5">
              <span className="h-2.5 w-4 bg-chart-2 opacity-40" />
              95&nbsp;% band
            </span>
            <span>Across: messages offered a second, in and out</span>
          </p>
        </>
      )}
    </Card>
  );
}

function Levels({ measured: { points } }: { measured: Measured }) {
  return (
    <TableBox label="Every level of the run">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line">
            <Head>Offered</Head>
            <Head end>Came out</Head>
            <Head end>p50</Head>
            <Head end>p95</Head>
            <Head end>p99</Head>
            <Head end>Errors</Head>
            <Head end>Lost</Head>
            <Head>Broke</Head>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={`${point.offered} ${point.p95}`} className={rowClass}>
              <RowHead>{rate(point.offered)}</RowHead>
              <Cell end>{rate(point.achieved)}</Cell>
              <Cell end>{milliseconds(point.p50)}</Cell>
              <Cell end>{milliseconds(point.p95)}</Cell>
              <Cell end>{milliseconds(point.p99)}</Cell>
              <Cell end>{percent(point.errorShare)}</Cell>
              <Cell end>{count(point.lost)}</Cell>
              <Cell className="min-w-40">{point.broke.join('; ') || 'nothing'}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
