/** A round number from this on: 1, 2, 2.5 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** From 0 in at most `most` round steps to the first that is not below `highest`. */
export function ticksTo(highest: number, most = 5): number[] {
  const step = roundUp(highest / most);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

export type Frame = { left: number; right: number; top: number; bottom: number };
export type Point = { x: number; y: number };

/** Where a point of the data lies in the picture. */
export const placing =
  ({ left, right, top, bottom }: Frame, mostX: number, mostY: number) =>
  ({ x, y }: Point): Point => ({
    x: left + ((right - left) * x) / mostX,
    y: bottom - ((bottom - top) * y) / mostY,
  });

/** An SVG path through these points, in their order. */
export const path = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
