/** How hard it is for the installation at the moment. */
export type Signs = {
  /** How long the webhook that has waited longest for its commit has waited, in any process. Milliseconds. */
  commitWait: number;
  /** How long the oldest turn of the bot's has waited. Seconds. */
  turnAge: number;
};

/**
 * What gives way when there is too much to do, in this order, and from which sign on. The webhook never does: what
 * comes in is committed or asked for again. The bot's replies are the last, and only for the webhook's sake.
 */
export const givingWay = [
  { kind: 'export', commitWait: 250, turnAge: 5 },
  { kind: 'import', commitWait: 400, turnAge: 10 },
  { kind: 'bulk-change', commitWait: 600, turnAge: 20 },
  { kind: 'take-turns', commitWait: 1_000, turnAge: Number.POSITIVE_INFINITY },
] as const;
export type GivesWay = (typeof givingWay)[number]['kind'];

/** Which of them give way; always the first ones. */
export function whatGivesWay({ commitWait, turnAge }: Signs): GivesWay[] {
  const last = givingWay.findLastIndex((one) => commitWait >= one.commitWait || turnAge >= one.turnAge);
  return givingWay.slice(0, last + 1).map(({ kind }) => kind);
}

/** How long what gave way stays so. Milliseconds. */
export const holdFor = 5_000;

/** What gave way stays so for a while, so that it doesn't come and go with every second. */
export function holdOn(holdMs: number) {
  let until = 0;
  let held: GivesWay[] = [];
  return (found: GivesWay[], now: number): GivesWay[] => {
    if (found.length >= held.length || now >= until) {
      if (found.length > 0) until = now + holdMs;
      held = found;
    }
    return held;
  };
}
