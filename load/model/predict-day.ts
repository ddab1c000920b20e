/** What was measured alone: the cores that the product used, and the share of the machine's that anybody did, 0 to 1. */
export type Alone = { readonly cores: number; readonly busy: number };

/** Runs of each part of a day by itself, before it. */
export type SingleRuns = {
  /** Nothing but the product at rest. */
  readonly idle: Alone;
  /** Turns at two or more rates a second, ascending, and how long the answers took, ms. */
  readonly turns: readonly (Alone & { readonly rate: number; readonly p50: number; readonly p95: number })[];
  /** Pages a second that agents looked at. */
  readonly pages: Alone & { readonly rate: number };
  /** CPU seconds of the product for each row that was imported. */
  readonly secondsPerRow: number;
};

export type Day = {
  readonly seconds: number;
  /** Turns a second, hour by hour; hours of equal length. */
  readonly hours: readonly number[];
  readonly pagesPerSecond: number;
  readonly rows: number;
};

export type DayForecast = {
  readonly turns: number;
  /** Of the product, over the whole day. */
  readonly cores: number;
  /** How long an answer takes in the busiest hour. Milliseconds. */
  readonly peak: { readonly p50: number; readonly p95: number };
};

/**
 * What a mixed day will be, from its parts measured alone. CPU adds up: what idles, what each hour's turns need beyond
 * that (between the measured rates in a straight line), pages and rows. Waiting grows as 1 ÷ (1 − how full the machine
 * is): that of the turns alone, at the busiest hour's rate, times what pages take away from the rest of the machine. It
 * is full of all that runs on it: of who loads the product, of the simulated Meta and of the kernel too.
 */
export function predictDay({ idle, turns, pages, secondsPerRow }: SingleRuns, day: Day): DayForecast {
  const perPage = Math.max(0, pages.cores - idle.cores) / pages.rate;
  const browsing = perPage * day.pagesPerSecond;
  const importing = (secondsPerRow * day.rows) / day.seconds;
  const known = [{ p50: 0, p95: 0, ...turns[0], rate: 0, ...idle }, ...turns];
  const hours = day.hours.map((rate) => between(known, rate, ({ cores }) => cores));
  const busiest = Math.max(...day.hours);
  const alone = between(known, busiest, ({ busy }) => busy);
  const besides = (Math.max(0, pages.busy - idle.busy) / pages.rate) * day.pagesPerSecond;
  // (1 − alone) ÷ (1 − alone − besides), up to a machine that is nearly full.
  const longer = 1 + besides / (1 - Math.min(alone + besides, fullest));
  return {
    turns: (day.hours.reduce((sum, rate) => sum + rate, 0) * day.seconds) / day.hours.length,
    cores: mean(hours) + browsing + importing,
    peak: {
      p50: between(known, busiest, ({ p50 }) => p50) * longer,
      p95: between(known, busiest, ({ p95 }) => p95) * longer,
    },
  };
}

/** Beyond it waiting has no end, and says nothing. */
const fullest = 0.95;

/** By straight lines between what is known, and on along the last one. */
function between<T extends { readonly rate: number }>(
  known: readonly T[],
  rate: number,
  of: (one: T) => number,
): number {
  const above = known.findIndex((one) => one.rate >= rate);
  const index = Math.max(1, above < 0 ? known.length - 1 : above);
  const [low, high] = [known[index - 1], known[index]];
  if (!low || !high || high.rate === low.rate) return low ? of(low) : 0;
  return of(low) + ((rate - low.rate) / (high.rate - low.rate)) * (of(high) - of(low));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
