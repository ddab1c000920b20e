import type { Arrival } from '#load/house/play-meta.ts';

/** A message that somebody wrote, and when. Milliseconds since 1970. */
export type Written = { readonly phoneNumberId: string; readonly from: string; readonly at: number };

export type RoundTrip = Pick<Written, 'at' | 'phoneNumberId'> & {
  /** Milliseconds from the moment it was to be written to the arrival of its answer at Meta … */
  readonly reply: number;
  /** … and to the moment at which the product had taken the `delivered` of it. */
  readonly delivered: number | undefined;
};

export type Matched = {
  readonly trips: readonly RoundTrip[];
  /** Messages without an answer, and answers without a message. */
  readonly unanswered: number;
  readonly surplus: number;
};

/** Pairs each message with its answer: the n-th to a person answers what that person wrote n-th. */
export function matchRoundTrips(written: readonly Written[], arrivals: readonly Arrival[]): Matched {
  const answers = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    if (!arrival.accepted) continue;
    const key = `${arrival.phoneNumberId} ${arrival.to}`;
    const known = answers.get(key);
    if (known) known.push(arrival);
    else answers.set(key, [arrival]);
  }
  const taken = new Map<string, number>();
  const trips: RoundTrip[] = [];
  for (const { phoneNumberId, from, at } of written) {
    const key = `${phoneNumberId} ${from}`;
    const number = taken.get(key) ?? 0;
    const answer = answers.get(key)?.[number];
    if (!answer) continue;
    taken.set(key, number + 1);
    trips.push({
      ...{ at, phoneNumberId },
      reply: answer.at - at,
      delivered: answer.heardDelivered === undefined ? undefined : answer.heardDelivered - at,
    });
  }
  const accepted = arrivals.filter((arrival) => arrival.accepted).length;
  return { trips, unanswered: written.length - trips.length, surplus: accepted - trips.length };
}
