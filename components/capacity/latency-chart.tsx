import { useId } from 'react';
import { latencyAt } from '#load/model/latency-curve.ts';
import type { Measured } from './queries.ts';
import { path, placing, ticksTo } from './scale.ts';
import { milliseconds, rate, rateNumber } from './words.ts';

type Props = { measured: Measured; peak: number | null; isNarrow?: boolean; className: string };

/** Labels keep off each other by this much. */
const labelWidth = 150;

/** The measured levels, the curve through them with its band, the knee, where it is sold up to, and yesterday's peak. */
export function LatencyChart({ measured, peak, isNarrow = false, className }: Props) {
  const id = useId();
  const { points, band, curve, knee, objectives } = measured;
  const size = isNarrow ? { width: 320, height: 220 } : { width: 760, height: 300 };
  const frame = { left: 52, right: size.width - 16, top: 14, bottom: size.height - 34 };
  // Beyond twice what is promised the curve is a wall: its top would flatten all that matters.
  const shown = points.map(({ p95 }) => p95).filter((p95) => p95 <= 2 * objectives.p95);
  const ys = ticksTo(Math.max(10, ...shown), 4);
  const xs = ticksTo(Math.max(...points.map(({ offered }) => offered), measured.rate), isNarrow ? 4 : 7);
  const [mostX, mostY] = [xs.at(-1) ?? 1, ys.at(-1) ?? 1];
  const place = placing(frame, mostX, mostY);
  const at = (x: number, y: number) => place({ x, y: Math.min(y, mostY * 20) });
  const x = (value: number) => at(Math.min(value, mostX), 0).x;
  const area = [
    ...band.map((one) => at(one.rate, one.high)),
    ...band.toReversed().map((one) => at(one.rate, one.low)),
  ];
  const kneeY = knee && curve ? latencyAt(curve, knee.value) : 0;
  const [peakX, soldX] = [peak === null ? null : x(peak), x(measured.rate)];
  // The label of what is sold goes lower where the peak's would touch it.
  const soldLabelY = peakX !== null && Math.abs(soldX - peakX) < labelWidth ? 62 : 26;
  const soldAtEnd = soldX > frame.right - labelWidth;
  // Before the knee's interval, unless the line of what is sold would go through it: then right behind that.
  const kneeX = knee ? x(knee.low) - 7 : 0;
  const isKneeBehindSold = !isNarrow && soldX < kneeX && soldX > kneeX - labelWidth - 25;

  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      className={`h-auto w-full ${className}`}
      role="img"
      aria-labelledby={`${id}-title`}
    >
      <title id={`${id}-title`}>{titleOf(measured, kneeY)}</title>
      <clipPath id={`${id}-plot`}>
        <rect
          x={frame.left}
          y={frame.top}
          width={frame.right - frame.left}
          height={frame.bottom - frame.top}
        />
      </clipPath>
      {ys.slice(1).map((tick) => (
        <line
          key={tick}
          x1={frame.left}
          x2={frame.right}
          y1={at(0, tick).y}
          y2={at(0, tick).y}
          className="stroke-line"
        />
      ))}
      <line
        x1={frame.left}
        x2={frame.right}
        y1={frame.bottom}
        y2={frame.bottom}
        className="stroke-line-strong"
      />
      {knee && (
        <rect
          x={x(knee.low)}
          y={frame.top}
          width={Math.max(1, x(knee.high) - x(knee.low))}
          height={frame.bottom - frame.top}
          className="fill-surface-2"
        />
      )}
      <g clipPath={`url(#${id}-plot)`}>
        <path d={`${path(area)}Z`} className="fill-chart-2" opacity="0.28" />
        <path
          d={path(band.map((one) => at(one.rate, one.value)))}
          fill="none"
          className="stroke-chart-1"
          strokeWidth="2"
        />
        {points.map((point) => (
          <circle
            key={`${point.offered} ${point.p95}`}
            cx={at(point.offered, 0).x}
            cy={at(0, point.p95).y}
            r="2.5"
            className="fill-surface-1 stroke-chart-1"
            strokeWidth="1.5"
          />
        ))}
      </g>
      {peakX !== null && (
        <line
          x1={peakX}
          x2={peakX}
          y1={frame.top}
          y2={frame.bottom}
          className="stroke-muted"
          strokeWidth="1.5"
          strokeDasharray="3 3"
        />
      )}
      <line
        x1={soldX}
        x2={soldX}
        y1={frame.top}
        y2={frame.bottom}
        className="stroke-success"
        strokeWidth="1.5"
      />
      {knee && (
        <circle
          cx={x(knee.value)}
          cy={at(0, kneeY).y}
          r="5"
          className="fill-chart-1 stroke-surface-1"
          strokeWidth="2"
        />
      )}
      <g className="num text-xs" stroke="var(--color-surface-1)" strokeWidth="4" paintOrder="stroke">
        {peakX !== null && peak !== null && (
          <Label
            x={peakX + 7}
            y={26}
            words={isNarrow ? 'Peak' : `Yesterday’s peak, ${rate(peak)}`}
            detail={isNarrow || !curve ? undefined : `p95 ${milliseconds(latencyAt(curve, peak))}`}
          />
        )}
        <Label
          x={soldAtEnd ? soldX - 7 : soldX + 7}
          y={isNarrow && soldLabelY > 26 ? 44 : soldLabelY}
          atEnd={soldAtEnd}
          tone="fill-success"
          words={isNarrow ? 'Sold to' : `Sold up to here, ${rate(measured.rate)}`}
          detail={isNarrow ? undefined : soldBy(measured)}
        />
        {knee && (
          <Label
            x={isKneeBehindSold ? soldX + 7 : kneeX}
            y={Math.max(frame.top + 90, at(0, kneeY).y - 28)}
            atEnd={!isKneeBehindSold}
            words={isNarrow ? 'Knee' : `Knee ${rate(knee.value)}, p95 ${milliseconds(kneeY)}`}
            detail={isNarrow ? undefined : `95\u00a0% sure: ${rateNumber(knee.low)}–${rateNumber(knee.high)}`}
          />
        )}
      </g>
      <g className="num fill-muted text-xs">
        {ys.map((tick, index) => (
          <text key={tick} x={frame.left - 8} y={at(0, tick).y + 4} textAnchor="end">
            {tick.toLocaleString('en')}
            {index === ys.length - 1 && '\u00a0ms'}
          </text>
        ))}
        {xs.map((tick, index) => (
          <text
            key={tick}
            x={at(tick, 0).x}
            y={frame.bottom + 18}
            textAnchor={index === xs.length - 1 ? 'end' : 'middle'}
          >
            {tick.toLocaleString('en')}
            {index === xs.length - 1 && '/s'}
          </text>
        ))}
      </g>
    </svg>
  );
}

type LabelProps = {
  x: number;
  y: number;
  words: string;
  detail?: string | undefined;
  atEnd?: boolean;
  tone?: string;
};

const Label = ({ x, y, words, detail, atEnd, tone = 'fill-strong' }: LabelProps) => (
  <text x={x} y={y} textAnchor={atEnd ? 'end' : 'start'} className={tone}>
    <tspan className="font-semibold">{words}</tspan>
    {detail && (
      <tspan x={x} dy="16" className="fill-muted">
        {detail}
      </tspan>
    )}
  </text>
);

const soldBy = ({ knee, rate: sold }: Measured): string =>
  knee && sold < knee.low
    ? `${Math.round((sold / knee.low) * 100)}\u00a0% of the lower edge`
    : 'what the peak keeps for certain';

function titleOf({ points, knee, rate: sold }: Measured, kneeY: number): string {
  const last = points.at(-1);
  const end = last ? `, and ${milliseconds(last.p95)} at ${rateNumber(last.offered)}` : '';
  return knee
    ? `p95 latency reaches ${milliseconds(kneeY)} at the knee at ${rateNumber(knee.value)} messages a second${end}. Sold up to ${rateNumber(sold)}.`
    : `p95 latency against messages a second${end}`;
}
