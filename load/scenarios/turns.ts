import { type Ledger, openLedger } from '#load/house/ledger.ts';
import { control } from '#load/house/play-meta.ts';
import {
  type Figure,
  generatorNotes,
  type Outcome,
  ownHouse,
  type Scenario,
  type Stage,
} from './scenario.ts';

const patience = 120;

/**
 * The bot's turns. With `--rate`, beside ingest: so many people write, and the turns have to keep up. With `--backlog`:
 * so many conversations wait when the worker starts. Meta takes what is sent and tells no statuses, so that what is
 * measured is deciding, writing and sending.
 */
export const turns: Scenario = {
  name: 'turns',
  about: 'turns decided beside ingest (--rate 1000), or a backlog of them drained (--backlog 20000)',
  seconds: 20,
  needs: ({ backlog }) => ({
    ...{ bot: true, meta: true, order: 'cycle', workers: backlog ? 0 : 1 },
    ...(backlog && { leads: Math.max(10_000, backlog) }),
  }),
  play: async (stage) => {
    const { meta, database } = ownHouse(stage);
    await control(meta, 'behaviour', { numberLimit: false, statuses: false });
    const ledger = await openLedger(database);
    try {
      return stage.options.backlog
        ? await drainBacklog(stage, ledger, stage.options.backlog)
        : await keepUp(stage, ledger);
    } finally {
      await ledger.close();
    }
  },
};

async function keepUp({ options, seconds, prepare, measure, say }: Stage, ledger: Ledger): Promise<Outcome> {
  await ledger.untilDone(patience);
  const rate = options.rate ?? 1_000;
  const drive = { kind: 'open', stages: [{ seconds, from: rate, to: rate }], seed: options.seed } as const;
  const { send } = await prepare(drive);
  const since = await now(ledger);
  const { result, atEnd, doneAfter } = await measure(async () => {
    const sent = await send();
    const left = await ledger.left();
    const ended = performance.now();
    await ledger.untilDone(patience, (more) => say(`left: ${more.turns} turns, ${more.outbox} to deliver`));
    return { result: sent, atEnd: left, doneAfter: (performance.now() - ended) / 1000 };
  });
  const decided = await readDecided(ledger, since);
  return {
    figures: [
      { name: 'turns decided', value: decided.count / decided.seconds, unit: '/s', better: 'more' },
      ...waits(decided),
      { name: 'webhook p95', value: result.latency.p95, unit: 'ms', better: 'less' },
      { name: 'turns left at the end', value: atEnd.turns, unit: '', better: 'less' },
      { name: 'to deliver at the end', value: atEnd.outbox, unit: '', better: 'less' },
      { name: 'all done after', value: doneAfter, unit: 's', better: 'less' },
    ],
    faults: await leftOver(ledger),
    notes: generatorNotes(result),
  };
}

async function drainBacklog(stage: Stage, ledger: Ledger, backlog: number): Promise<Outcome> {
  const { prepare, measure, say, options } = stage;
  const house = ownHouse(stage);
  const drive = {
    kind: 'closed',
    connections: 64,
    seconds: 600,
    most: Math.ceil(backlog / options.perWebhook),
  } as const;
  const { send } = await prepare(drive);
  await send();
  const since = await now(ledger);
  const began = performance.now();
  const decidedAfter = await measure(async () => {
    await house.startWorkers(options.workers ?? 1);
    let decided: number | undefined;
    await ledger.untilDone(patience, ({ turns: left, outbox }) => {
      say(`left: ${left} turns, ${outbox} to deliver`);
      if (left === 0) decided ??= performance.now() - began;
    });
    return decided;
  });
  const doneAfter = (performance.now() - began) / 1000;
  const decided = await readDecided(ledger, since);
  return {
    figures: [
      { name: 'turns decided', value: decided.count / decided.seconds, unit: '/s', better: 'more' },
      { name: 'first decided to last', value: decided.seconds, unit: 's', better: 'less' },
      { name: 'all decided after', value: (decidedAfter ?? Number.NaN) / 1000, unit: 's', better: 'less' },
      { name: 'all delivered after', value: doneAfter, unit: 's', better: 'less' },
      { name: 'decided and delivered', value: decided.count / doneAfter, unit: '/s', better: 'more' },
    ],
    faults: await leftOver(ledger),
  };
}

type Decided = {
  readonly count: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p95: number;
};

/** What was decided since then, from the first decision to the last, and how long a message waited. Milliseconds. */
async function readDecided(ledger: Ledger, since: Date): Promise<Decided> {
  const [row] = await ledger.ask<Decided>(
    `select count(*)::int as count,
      greatest(extract(epoch from max(decided_at) - min(decided_at)), 0.001)::float8 as seconds,
      (1000 * percentile_cont(0.5) within group (order by extract(epoch from decided_at - created_at)))::float8 as p50,
      (1000 * percentile_cont(0.95) within group (order by extract(epoch from decided_at - created_at)))::float8 as p95
    from turns where decided_at > $1`,
    [since],
  );
  return row ?? { count: 0, seconds: 1, p50: 0, p95: 0 };
}

const waits = ({ p50, p95 }: Decided): Figure[] => [
  { name: 'message to decision p50', value: p50, unit: 'ms', better: 'less' },
  { name: 'message to decision p95', value: p95, unit: 'ms', better: 'less' },
];

async function now(ledger: Ledger): Promise<Date> {
  const [row] = await ledger.ask<{ now: Date }>('select clock_timestamp() as now');
  return row?.now ?? new Date();
}

async function leftOver(ledger: Ledger): Promise<string[]> {
  const { turns: left, outbox } = await ledger.left();
  return left + outbox > 0 ? [`${left} turns and ${outbox} deliveries were left after ${patience} s`] : [];
}
