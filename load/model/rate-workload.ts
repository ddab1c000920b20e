export type Rating = 'excellent' | 'good' | 'marginal' | 'at-risk';

/** What each rating asks of whoever runs the installation. */
export const ratingNotes: Record<Rating, string> = {
  excellent: 'No changes needed',
  good: 'Watch peak hours',
  marginal: 'Scale out first',
  'at-risk': 'Does not fit on this installation',
};

/**
 * Rates the busiest hour's demand against what the installation carries, both in the same unit a second: up to half of
 * it excellent, up to all of it good, up to twice marginal, beyond that at risk.
 */
export function rateWorkload(peakDemand: number, capacity: number): Rating {
  const share = Number((peakDemand / capacity).toPrecision(12));
  if (share <= 0.5) return 'excellent';
  if (share <= 1) return 'good';
  return share <= 2 ? 'marginal' : 'at-risk';
}
