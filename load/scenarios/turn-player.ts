import type { GeneratorResult } from '#load/generator/generate.ts';
import { createLatencies, type LatencySummary } from '#load/generator/latency.ts';
import { planArrivals, type Stage as Stretch } from '#load/generator/plan-arrivals.ts';
import { type MessagePlan, messageOf } from '#load/generator/prepare-webhooks.ts';
import { type Ledger, openLedger, type WorkLeft } from '#load/house/ledger.ts';
import { control, listArrivals, untilTold } from '#load/house/play-meta.ts';
import type { Usage } from '#load/machine/process-usage.ts';
import { matchRoundTrips, type RoundTrip, type Written } from './round-trips.ts';
import { ownHouse, type Stage } from './scenario.ts';

const usualPatience = 120;

/** What a load of turns came to. */
export type PlayedTurns = {
  readonly result: GeneratorResult;
  /** Those that were answered, of those that began when the load had settled. */
  readonly turns: readonly RoundTrip[];
  /** As many were to be answered then. */
  readonly begun: number;
  readonly unanswered: number;
  readonly surplus: number;
  /** Seconds that the oldest had waited when the load began and when it ended. */
  readonly queueAge: { readonly begin: number; readonly end: number };
  /** Seconds from the end of the load until nothing was left, and what was left in spite of all patience. */
  readonly doneAfter: number;
  readonly left: WorkLeft;
  readonly usages: readonly Usage[];
  /** The share of all cores that anybody used meanwhile; null where the system does not tell. */
  readonly busy: number | null;
};

/** What happens while people write, and on which channels they do; all of them unless told. */
export type PlayedBeside = {
  readonly channels?: MessagePlan['channels'];
  readonly meanwhile?: () => Promise<unknown>;
  /**
   * Seconds at the beginning whose turns are played and do not count: a generator that has just started and connections
   * that are new are late by more than most turns take.
   */
  readonly settling?: number;
  /** Seconds that the last answers may take to leave, 120 unless told. */
  readonly patience?: number;
};

export type TurnPlayer = {
  readonly ledger: Ledger;
  /** People write along these stretches; resolves when everything is answered, delivered and told. */
  readonly play: (stretches: readonly Stretch[], beside?: PlayedBeside) => Promise<PlayedTurns>;
  readonly close: () => Promise<void>;
};

/** Plays loads of full turns, one after the other: in, decided, sent to the simulated Meta, both statuses back. */
export async function openTurnPlayer(stage: Stage): Promise<TurnPlayer> {
  const { meta, database } = ownHouse(stage);
  const { options, say } = stage;
  const ledger = await openLedger(database);
  say('waiting for the answers of the warm-up');
  await ledger.untilDone(usualPatience);
  await untilTold(meta, usualPatience);
  // Statuses at once: what is measured is the product, not Meta's waiting.
  await control(meta, 'behaviour', { numberLimit: false, sentAfterMs: 0, deliveredAfterMs: 0 });
  let seed = options.seed;

  async function play(
    stretches: readonly Stretch[],
    {
      channels = stage.plan.channels,
      meanwhile = async () => {},
      settling = 0,
      patience = usualPatience,
    }: PlayedBeside = {},
  ): Promise<PlayedTurns> {
    await control(meta, 'reset', {});
    const drive = { kind: 'open', stages: stretches, seed: seed++ } as const;
    const { send, first, plan } = await stage.prepare(drive, channels);
    const { result, queueAge, doneAfter } = await stage.measure(async (watch) => {
      const begin = await watch.queueAge();
      const [sent] = await Promise.all([send(), meanwhile()]);
      const end = await watch.queueAge();
      const began = performance.now();
      await ledger.untilDone(patience, ({ turns, outbox }) =>
        say(`left: ${turns} turns, ${outbox} to deliver`),
      );
      await untilTold(meta, patience);
      return { result: sent, queueAge: { begin, end }, doneAfter: (performance.now() - began) / 1000 };
    });
    const unacknowledged = new Set(result.unacknowledged);
    const written = [...planArrivals(stretches, drive.seed)].flatMap((moment, index): Written[] =>
      unacknowledged.has(first + index)
        ? []
        : Array.from({ length: plan.perWebhook }, (_, offset) => {
            const { channel, from } = messageOf(plan, (first + index) * plan.perWebhook + offset);
            return { phoneNumberId: channel.phoneNumberId, from, at: result.startedAt + moment };
          }),
    );
    const own = new Set(channels.map(({ phoneNumberId }) => phoneNumberId));
    const arrivals = (await listArrivals(meta)).filter(({ phoneNumberId }) => own.has(phoneNumberId));
    const { trips, unanswered, surplus } = matchRoundTrips(written, arrivals);
    const settled = ({ at }: Pick<Written, 'at'>) => at >= result.startedAt + settling * 1000;
    return {
      turns: trips.filter((trip) => settled(trip)),
      begun: written.filter(settled).length,
      ...{ result, unanswered, surplus, queueAge, doneAfter },
      ...{ left: await ledger.left(), usages: stage.usages(), busy: stage.busy() },
    };
  }

  return { ledger, play, close: ledger.close };
}

/** How long the answers of these took, until Meta had them. */
export function replyLatency(turns: readonly RoundTrip[]): LatencySummary {
  const latencies = createLatencies();
  for (const { reply } of turns) latencies.record(reply);
  return latencies.summary();
}

/** What makes any load of turns invalid. */
export function turnFaults({ unanswered, surplus, left, result }: PlayedTurns): string[] {
  return [
    ...(unanswered > 0 ? [`${unanswered} of ${result.acknowledged} messages got no answer`] : []),
    // What was not acknowledged may have been stored all the same, and is answered then.
    ...(surplus > result.unacknowledged.length ? [`${surplus} answers too many`] : []),
    ...(left.turns + left.outbox > 0
      ? [`${left.turns} turns and ${left.outbox} deliveries were left when patience ended`]
      : []),
  ];
}
