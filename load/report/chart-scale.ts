/** A straight scale from values to places on paper, and where its lines are. */
export type Scale = { readonly at: (value: number) => number; readonly ticks: readonly number[] };

export function scaleOf(most: number, from: number, to: number, about = 5): Scale {
  const step = roundStep(most / about);
  const end = Math.ceil(most / step - 1e-9) * step || 1;
  return {
    at: (value) => Math.round((from + (value / end) * (to - from)) * 10) / 10,
    ticks: Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step),
  };
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  const size = value / power;
  return (size <= 1 ? 1 : size <= 2 ? 2 : size <= 5 ? 5 : 10) * power;
}

export const box = { width: 760, height: 300, left: 56, right: 16, top: 16, bottom: 36 } as const;

/** Axes with their lines and labels, within `box`. */
export function axes(x: Scale, y: Scale, units: { readonly x: string; readonly y: string }): string {
  const [right, bottom] = [box.width - box.right, box.height - box.bottom];
  const number = (value: number) => Number(value.toPrecision(6)).toLocaleString('en');
  return [
    ...y.ticks.map(
      (tick, index) =>
        `<line x1="${box.left}" x2="${right}" y1="${y.at(tick)}" y2="${y.at(tick)}" stroke="var(--line)"/>` +
        `<text x="${box.left - 6}" y="${y.at(tick) + 4}" text-anchor="end">${number(tick)}${index === y.ticks.length - 1 ? ` ${units.y}` : ''}</text>`,
    ),
    ...x.ticks.map(
      (tick, index) =>
        `<text x="${x.at(tick)}" y="${bottom + 18}" text-anchor="middle">${number(tick)}${index === x.ticks.length - 1 ? units.x : ''}</text>`,
    ),
  ].join('');
}

export const svg = (title: string, content: string): string =>
  `<svg viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label="${title}">${content}</svg>`;
