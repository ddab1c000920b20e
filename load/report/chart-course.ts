import type { CapacityRun } from '#load/model/run.ts';
import { axes, box, scaleOf, svg } from './chart-scale.ts';

/** Offered load as a filled shape, and p95 as a line, over a run's time. Each has its own scale, p95's is drawn. */
export function courseChart({ course }: CapacityRun): string {
  if (!course || course.slices.length < 2) return '';
  const { slices, sliceSeconds } = course;
  const x = scaleOf(slices.length * sliceSeconds, box.left, box.width - box.right, 8);
  const slowest = Math.max(1, ...slices.map(({ p95 }) => p95 ?? 0));
  const y = scaleOf(slowest, box.height - box.bottom, box.top);
  const load = scaleOf(
    Math.max(1, ...slices.map(({ offered }) => offered)),
    box.height - box.bottom,
    box.top,
  );
  const middle = (index: number) => x.at((index + 0.5) * sliceSeconds);
  const shape = slices.flatMap(({ offered }, index) => [
    `${x.at(index * sliceSeconds)},${load.at(offered)}`,
    `${x.at((index + 1) * sliceSeconds)},${load.at(offered)}`,
  ]);
  const end = x.at(slices.length * sliceSeconds);
  return svg(
    'Offered load and p95 along the run',
    [
      `<polygon points="${box.left},${y.at(0)} ${shape.join(' ')} ${end},${y.at(0)}" fill="var(--band)" opacity="0.4"/>`,
      axes(x, y, { x: ' s', y: 'ms' }),
      `<polyline points="${slices.flatMap(({ p95 }, index) => (p95 === null ? [] : [`${middle(index)},${y.at(p95)}`])).join(' ')}" fill="none" stroke="var(--brand)" stroke-width="2"/>`,
    ].join(''),
  );
}
