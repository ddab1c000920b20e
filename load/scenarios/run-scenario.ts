import { setTimeout as sleep } from 'node:timers/promises';
import { wamidPrefix } from '#load/generator/prepare-webhooks.ts';
import { countMessages, countRows } from '#load/house/count-rows.ts';
import { askOnce } from '#load/house/database.ts';
import { loadFolder } from '#load/house/load-folder.ts';
import { commitGroups, growth } from '#load/house/scrape-metrics.ts';
import { Trouble } from '#load/house/trouble.ts';
import { describeMachine } from '#load/machine/describe-machine.ts';
import { type MachineSample, sampleMachine } from '#load/machine/sample-machine.ts';
import type { LiveLine } from '#load/report/live-line.ts';
import { type Facts, judge, unquietness } from '#load/report/verdict.ts';
import { openStage } from './open-stage.ts';
import { openSubject } from './open-subject.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';
import type { Scenario } from './scenario.ts';
import type { Subject } from './subject.ts';
import { testRow } from './test-row.ts';

/** Nothing was measured, because the machine is not quiet. */
export class NotQuiet extends Trouble {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(
      `Nothing was measured: ${reasons.join('; ')}. --patience waits longer, --force measures all the same.`,
    );
    this.reasons = reasons;
  }
}

/**
 * Starts what is to be loaded, waits for a quiet machine, plays the scenario, counts, ends all that it started, and
 * judges. Throws `NotQuiet`, and whatever `stopped` was aborted with.
 */
export async function runScenario(
  scenario: Scenario,
  options: Options,
  live: LiveLine,
  stopped: AbortSignal,
): Promise<Report> {
  const subject = await openSubject(options, scenario, live.show, stopped);
  const leave = Promise.withResolvers<never>();
  leave.promise.catch(() => {});
  const abort = () => leave.reject(stopped.reason);
  stopped.addEventListener('abort', abort, { once: true });
  if (stopped.aborted) abort();
  const over = new AbortController();
  let unfinished: Unfinished;
  try {
    const playing = play(scenario, options, subject, live, over.signal);
    playing.catch(() => {});
    const lost = subject.house ? [subject.house.untilLost] : [];
    unfinished = await Promise.race([playing, leave.promise, ...lost]);
  } finally {
    live.show('stopping');
    over.abort();
    stopped.removeEventListener('abort', abort);
    await subject.close();
    live.clear();
  }
  const after = await sampleMachine(loadFolder);
  const { report, facts } = unfinished;
  return { ...report, machine: { before: facts.before, after }, verdict: judge({ ...facts, after }) };
}

type Unfinished = {
  readonly report: Omit<Report, 'machine' | 'verdict'>;
  readonly facts: Omit<Facts, 'after'>;
};

async function play(
  scenario: Scenario,
  options: Options,
  subject: Subject,
  live: LiveLine,
  over: AbortSignal,
): Promise<Unfinished> {
  const now = new Date();
  const { stage, phases, measured } = openStage(scenario, options, subject, live, now, over);
  const before = await untilQuiet(options, live);
  if (options.warmup > 0) {
    const warmUp = {
      kind: 'closed',
      connections: 8,
      seconds: options.warmup,
      most: 8_000 * options.warmup,
    } as const;
    const { send } = await stage.prepare(warmUp);
    await send();
  }
  const outcome = await scenario.play(stage);

  live.show('counting');
  const { usages, others, metrics, beside } = measured();
  const messages = (webhooks: number) => webhooks * options.perWebhook;
  const acknowledged = messages(phases.reduce((sum, one) => sum + one.acknowledged, 0));
  const unacknowledged = messages(phases.reduce((sum, one) => sum + one.unacknowledged.length, 0));
  const rows = subject.database
    ? await countRows(subject.database, wamidPrefix(stage.plan.run), options.countSql ?? countMessages)
    : null;
  const quarantined = growth(metrics.before, metrics.after, 'parley_webhook_quarantined_total');
  return {
    facts: {
      leastSyncs: options.leastSyncs,
      before,
      others,
      acknowledged,
      unacknowledged,
      rows,
      quarantined,
      faults: outcome.faults ?? [],
    },
    report: {
      scenario: scenario.name,
      unit: scenario.needs(options).bot ? 'turn' : 'message',
      figures: outcome.figures,
      points: outcome.points ?? [],
      tests: [testRow(scenario.name, phases.slice(options.warmup > 0 ? 1 : 0), outcome)],
      course: outcome.course,
      notes: [
        ...(outcome.notes ?? []),
        ...(rows ? [] : ['rows could not be counted: --database says where they are']),
        ...(before.idle === null ? ['how idle the machine was cannot be known on this system'] : []),
        ...(others === null ? ['what other programs used meanwhile cannot be known here'] : []),
      ],
      ...{ rows, acknowledged, unacknowledged, usages, others, beside },
      // Where it is written says nothing about it.
      options: { ...options, json: undefined },
      commits: commitGroups(metrics.before, metrics.after),
      surroundings: {
        ...describeMachine(now),
        commit: subject.commit,
        postgres: subject.database ? await versionOf(subject.database) : null,
      },
      phases: phases.map(({ unacknowledged: _, ticks, ...phase }) => ({ ...phase, ticks: thin(ticks) })),
    },
  };
}

const mostTicks = 300;

/** Every second of a short phase, each sixth of half an hour: all of them would be a file that nobody opens. */
const thin = <T>(ticks: readonly T[]) =>
  ticks.filter((_, index) => index % Math.ceil(ticks.length / mostTicks) === 0);

/** Looks again and again as long as there is patience. Throws `NotQuiet` unless forced. */
async function untilQuiet({ patience, leastSyncs, force }: Options, live: LiveLine): Promise<MachineSample> {
  const until = performance.now() + patience * 1000;
  for (;;) {
    live.show('is the machine quiet?');
    const sample = await sampleMachine(loadFolder);
    const reasons = unquietness(sample, leastSyncs, 'before the run');
    if (reasons.length === 0) return sample;
    if (performance.now() > until) {
      if (force) return sample;
      throw new NotQuiet(reasons);
    }
    live.show(`waiting for a quiet machine: ${reasons.join('; ')}`);
    await sleep(2_000);
  }
}

async function versionOf(database: string): Promise<string | null> {
  const [row] = await askOnce<{ server_version: string }>(database, 'show server_version').catch(() => []);
  return row?.server_version ?? null;
}
