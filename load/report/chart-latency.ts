import { type Capacity, expectedLatency } from '#load/model/capacity-of.ts';
import type { CapacityRun } from '#load/model/run.ts';
import { axes, box, scaleOf, svg } from './chart-scale.ts';

const steps = 80;

/** Latency against load: what was measured, the curve through it with its band, the knee, and where selling ends. */
export function latencyChart({ points, objectives }: CapacityRun, capacity: Capacity): string {
  const { fit, knee, sustainable } = capacity;
  if (!fit || !knee) return '';
  const highest = Math.max(...points.map(({ offered }) => offered));
  const x = scaleOf(highest, box.left, box.width - box.right, 6);
  const y = scaleOf(objectives.p95, box.height - box.bottom, box.top);
  const [top, bottom] = [y.at(objectives.p95), y.at(0)];
  const place = (rate: number, ms: number) => `${x.at(rate)},${y.at(Math.min(ms, objectives.p95))}`;
  const rates = Array.from({ length: steps + 1 }, (_, step) => (highest * step) / steps);
  const band = rates.map((rate) => ({ rate, ...expectedLatency(fit, rate) }));
  const shown = band.filter(({ value }) => value <= objectives.p95);
  const upright = (rate: number, colour: string, dash = '') =>
    `<line x1="${x.at(rate)}" x2="${x.at(rate)}" y1="${top}" y2="${bottom}" stroke="${colour}" ${dash}/>`;
  return svg(
    'p95 of a turn against messages offered a second',
    [
      axes(x, y, { x: '/s', y: 'ms' }),
      `<rect x="${x.at(knee.low)}" width="${Math.max(1, x.at(knee.high) - x.at(knee.low))}" y="${top}" height="${bottom - top}" fill="var(--line)" opacity="0.6"/>`,
      `<polygon points="${[...band.map(({ rate, high }) => place(rate, high)), ...band.toReversed().map(({ rate, low }) => place(rate, low))].join(' ')}" fill="var(--band)" opacity="0.5"/>`,
      `<polyline points="${shown.map(({ rate, value }) => place(rate, value)).join(' ')}" fill="none" stroke="var(--brand)" stroke-width="2"/>`,
      ...points
        .filter(({ p95 }) => p95 <= objectives.p95)
        .map(
          ({ offered, p95 }) =>
            `<circle cx="${x.at(offered)}" cy="${y.at(p95)}" r="3.5" fill="var(--paper)" stroke="var(--brand)" stroke-width="2"/>`,
        ),
      upright(sustainable.value, 'var(--brand)'),
      upright(knee.value, 'var(--ink)', 'stroke-dasharray="3 3"'),
      `<text class="strong" x="${x.at(sustainable.value) + 6}" y="${top + 14}">sold up to ${Math.round(sustainable.value)}/s</text>`,
      `<text class="strong" x="${x.at(knee.value) - 6}" y="${top + 32}" text-anchor="end">knee ${Math.round(knee.value)}/s</text>`,
    ].join(''),
  );
}
