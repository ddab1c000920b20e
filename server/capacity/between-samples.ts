/** What usage said of each day, by its date: messages in, and out. */
export type Totals = Record<string, readonly [inbound: number, outbound: number]>;
export type Sample = { minute: Date; totals: Totals };

/** Nobody looked for longer than this: what was counted meanwhile is no minute's. Minutes. */
const longestGap = 60;

/**
 * Messages of the minute that a sample ends: the difference to the last one, spread over the minutes between them. A
 * day whose total fell lost a tenant, which counts as nothing. Pure.
 */
export function betweenSamples(last: Sample | undefined, { minute, totals }: Sample) {
  const minutes = last ? (minute.getTime() - last.minute.getTime()) / 60_000 : Number.POSITIVE_INFINITY;
  if (!last || minutes > longestGap) return { inbound: 0, outbound: 0 };
  const grown = (way: 0 | 1) =>
    Object.entries(totals).reduce(
      (sum, [day, now]) => sum + Math.max(0, now[way] - (last.totals[day]?.[way] ?? 0)),
      0,
    );
  return { inbound: Math.round(grown(0) / minutes), outbound: Math.round(grown(1) / minutes) };
}
