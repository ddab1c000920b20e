import type { Stage as Stretch } from '#load/generator/plan-arrivals.ts';

/** Of the average, hour by hour from eight in the morning: sixteen of them, the busiest three times the average. */
export const dayShape = [0.4, 0.6, 0.8, 1, 1.1, 1.1, 1.2, 3, 1.3, 1.1, 1, 0.9, 0.8, 0.7, 0.6, 0.4] as const;

export const busiestHour = dayShape.indexOf(3);

/** A day at so many a second on average, its sixteen hours squeezed into so many seconds. */
export const dayAt = (average: number, seconds: number): Stretch[] =>
  dayShape.map((share) => ({
    seconds: seconds / dayShape.length,
    from: share * average,
    to: share * average,
  }));
