'use client';
import { Table2, TrendingUp } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { clockTime } from '#components/ui/time-words.ts';
import { Card, Cell, Head, RowHead, rowClass, TableBox } from './card.tsx';
import type { CapacityView } from './queries.ts';
import { path, placing, ticksTo } from './scale.ts';
import { percent, rate, timeZone } from './words.ts';

const day = 24 * 60;
/** Five minutes each; a longer silence of the counter is a gap in the curve. */
const step = 5;

/** What goes through today, beside what is sold by. */
export function TodayCard({ view: { traffic, measured } }: { view: CapacityView }) {
  const [isTable, setTable] = useState(false);
  const midnight = Date.parse(traffic.midnight);
  const fives = traffic.today.map(({ at, rate: value }) => ({
    minute: (Date.parse(at) - midnight) / 60_000,
    rate: value,
  }));
  const busiest = fives.reduce<(typeof fives)[number] | undefined>(
    (most, one) => (most && most.rate >= one.rate ? most : one),
    undefined,
  );
  return (
    <Card
      title="Today"
      note="Messages a second, in and out, of all tenants; hours in UTC"
      action={
        fives.length > 0 && (
          <Button
            look="ghost"
            size="small"
            icon={isTable ? TrendingUp : Table2}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? 'Chart' : 'Table'}
          </Button>
        )
      }
    >
      {!busiest ? (
        <p className="text-sm text-normal">
          Nothing is noted yet today. The worker notes each minute what went in and out.
        </p>
      ) : (
        <>
          {isTable ? (
            <Hours fives={fives} />
          ) : (
            <>
              <Curve fives={fives} sold={measured?.rate ?? null} className="hidden min-[640px]:block" />
              <Curve isNarrow fives={fives} sold={measured?.rate ?? null} className="min-[640px]:hidden" />
            </>
          )}
          <p className="num mt-2 text-sm text-normal">
            Busiest at {clockTime(new Date(midnight + busiest.minute * 60_000), timeZone)}:{' '}
            {rate(busiest.rate)}
            {measured && <>, {percent(busiest.rate / measured.rate)} of what is sold by</>}.
          </p>
        </>
      )}
    </Card>
  );
}

type Five = { minute: number; rate: number };

type CurveProps = { fives: Five[]; sold: number | null; isNarrow?: boolean; className: string };

function Curve({ fives, sold, isNarrow = false, className }: CurveProps) {
  const id = useId();
  const highest = Math.max(...fives.map((five) => five.rate), 0.1);
  // Where little goes on, the line of what is sold by would leave nothing of the curve.
  const isInReach = sold !== null && sold < highest * 10;
  const ys = ticksTo(isInReach ? Math.max(highest, sold) : highest, 3);
  const mostY = ys.at(-1) ?? 1;
  const width = isNarrow ? 320 : 760;
  const frame = { left: 44, right: width - 16, top: 12, bottom: 138 };
  const place = placing(frame, day, mostY);
  const pieces = inPieces(fives).map((piece) => piece.map(({ minute, rate: y }) => place({ x: minute, y })));
  return (
    <svg
      viewBox={`0 0 ${width} 164`}
      className={`h-auto w-full ${className}`}
      role="img"
      aria-labelledby={`${id}-title`}
    >
      <title id={`${id}-title`}>{`Messages a second today, at most ${rate(highest)}`}</title>
      {ys.map((tick) => (
        <g key={tick} className="num fill-muted text-xs">
          <line
            x1={frame.left}
            x2={frame.right}
            y1={place({ x: 0, y: tick }).y}
            y2={place({ x: 0, y: tick }).y}
            className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
          />
          <text x={frame.left - 8} y={place({ x: 0, y: tick }).y + 4} textAnchor="end">
            {tick.toLocaleString('en')}
          </text>
        </g>
      ))}
      {pieces.map((piece) => {
        const [first, last] = [piece[0], piece.at(-1)];
        return (
          first &&
          last && (
            <g key={first.x}>
              <path
                d={`${path([{ x: first.x, y: frame.bottom }, ...piece, { x: last.x, y: frame.bottom }])}Z`}
                className="fill-chart-2"
                opacity="0.28"
              />
              <path d={path(piece)} fill="none" className="stroke-chart-1" strokeWidth="2" />
            </g>
          )
        );
      })}
      {isInReach && (
        <g>
          <line
            x1={frame.left}
            x2={frame.right}
            y1={place({ x: 0, y: sold }).y}
            y2={place({ x: 0, y: sold }).y}
            className="stroke-success"
            strokeWidth="1.5"
          />
          <text
            x={frame.right}
            y={place({ x: 0, y: sold }).y - 5}
            textAnchor="end"
            className="num fill-success text-xs"
          >
            Sold up to {rate(sold)}
          </text>
        </g>
      )}
      {[0, 6, 12, 18, 24].map((hour) => (
        <text
          key={hour}
          x={place({ x: hour * 60, y: 0 }).x}
          y={frame.bottom + 18}
          textAnchor={hour === 24 ? 'end' : 'middle'}
          className="num fill-muted text-xs"
        >
          {String(hour).padStart(2, '0')}:00
        </text>
      ))}
    </svg>
  );
}

/** Cut where nobody counted. */
function inPieces(fives: Five[]): Five[][] {
  const pieces: Five[][] = [];
  for (const five of fives) {
    const piece = pieces.at(-1);
    const last = piece?.at(-1);
    if (piece && last && five.minute - last.minute <= 2 * step) piece.push(five);
    else pieces.push([five]);
  }
  return pieces;
}

function Hours({ fives }: { fives: Five[] }) {
  const hours = Map.groupBy(fives, ({ minute }) => Math.floor(minute / 60));
  return (
    <TableBox label="By hour">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line">
            <Head>Hour</Head>
            <Head end>On average</Head>
            <Head end>Busiest five minutes</Head>
          </tr>
        </thead>
        <tbody>
          {[...hours].map(([hour, those]) => (
            <tr key={hour} className={rowClass}>
              <RowHead>{String(hour).padStart(2, '0')}:00</RowHead>
              <Cell end>{rate(those.reduce((sum, one) => sum + one.rate, 0) / those.length)}</Cell>
              <Cell end>{rate(Math.max(...those.map((one) => one.rate)))}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
