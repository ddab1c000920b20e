import { askOnce } from '#load/house/database.ts';
import { control } from '#load/house/play-meta.ts';
import { type Process, signal } from '#load/machine/family.ts';
import type { Disk } from './disk.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { Product } from './product.ts';

/** A fault that has begun: to whom it was done, and what ends it. */
export type Begun = { readonly to: string; readonly end?: () => Promise<void> | void };

/** Nobody was there, or it is not possible here; `why` says so. */
export type Missed = { readonly why: string };

/** Does it. */
export function inflict(fault: Fault, product: Product): Promise<Begun | Missed> | Begun | Missed {
  return ways[fault.kind](product, fault);
}

type Way = (product: Product, fault: Fault) => Promise<Begun | Missed> | Begun | Missed;

const ways: Record<FaultKind, Way> = {
  'kill web': ({ web }) => kill(web().slice(0, 1)),
  'kill one web process': ({ web }, { pick }) => kill(one(web().slice(1), pick)),
  'kill ingest': ({ ingest }) => kill(ingest()),
  'kill worker': ({ workers }, { pick }) => kill(one(workers(), pick)),
  'kill database': ({ postgres }) => kill(postgres().slice(0, 1)),
  'kill one backend': async (product, { pick }) => kill(await backend(product, pick)),
  'freeze web': ({ web }) => freeze(web()),
  'freeze ingest': ({ ingest }) => freeze(ingest()),
  'freeze worker': ({ workers }, { pick }) => freeze(one(workers(), pick)),
  'freeze database': ({ postgres }) => freeze(postgres()),
  'freeze one backend': async (product, { pick }) => freeze(await backend(product, pick)),
  'fill disk': ({ disk }) => fill(disk),
  'kill database on a full disk': async ({ disk, postgres }) => {
    const filled = await fill(disk);
    return 'why' in filled ? filled : { ...kill(postgres().slice(0, 1)), ...filled };
  },
  'end sessions': async ({ database }) => {
    const ended = await askOnce(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where pid <> pg_backend_pid() and client_port is not null and application_name <> $1`,
      [lookingName],
    ).catch(() => undefined);
    return ended ? { to: `${ended.length} sessions` } : { why: 'the database was away' };
  },
  'reset line': ({ line }) => {
    line.reset();
    return { to: 'the database line' };
  },
  'refuse line': ({ line }) => ({ to: 'the database line', end: line.refuse() }),
  'silence line': ({ line }) => ({ to: 'the database line', end: line.silence() }),
  'lose answers': ({ line }) => ({ to: 'the database line', end: line.loseAnswers() }),
  'Meta answers late': ({ meta }, { pick }) => turn(meta, { answerAfterMs: 500 + Math.round(pick * 5_500) }),
  'Meta is broken': async ({ meta }) => {
    const rule = await control<{ id: number }>(meta, 'rules', {
      ...{ action: 'refuse', code: 131000, http_status: 500, times: null },
    });
    return { to: 'every send: 500', end: () => forget(meta, rule.id) };
  },
  'Meta is busy': ({ meta }) => turn(meta, { rateLimited: true }),
  'Meta hangs': ({ meta }, { pick }) => next(meta, 'hang', pick),
  'Meta resets': ({ meta }, { pick }) => next(meta, 'reset', pick),
  'Meta fails messages': async ({ meta }) => {
    await control(meta, 'rules', { action: 'fail', code: 131049, times: 5 });
    return { to: 'the next 5 messages' };
  },
  'webhooks come twice': ({ meta }) => turn(meta, { duplicateWebhooks: true }),
  'webhooks come out of order': ({ meta }, { pick }) =>
    turn(meta, { reorder: pick < 0.5 ? 'reverse' : 'shuffle', deliveredAfterMs: 1_500 }),
  'webhooks are held': ({ meta }) => turn(meta, { holdWebhooks: true }),
};

/** How this tool's own sessions are called, which no fault is for. */
export const lookingName = 'parley-chaos';

const one = (all: readonly Process[], pick: number) => all.slice(Math.floor(pick * all.length)).slice(0, 1);

const named = (victims: readonly Process[]) =>
  victims.length === 1 ? `process ${victims[0]?.pid}` : `${victims.length} processes`;

function kill(victims: readonly Process[]): Begun | Missed {
  const hit = victims.filter(({ pid }) => signal(pid, 'SIGKILL'));
  return hit.length > 0 ? { to: named(hit) } : { why: 'it was just away' };
}

async function fill(disk: Disk): Promise<Begun | Missed> {
  if (!disk.fill) return { why: disk.whyNot ?? 'not possible' };
  return { to: 'the disk of product and database', end: await disk.fill() };
}

function freeze(victims: readonly Process[]): Begun | Missed {
  const hit = victims.filter(({ pid }) => signal(pid, 'SIGSTOP'));
  if (hit.length === 0) return { why: 'it was just away' };
  return {
    to: named(hit),
    end: () => {
      for (const { pid } of hit) signal(pid, 'SIGCONT');
    },
  };
}

/** A backend of the product's, at work if there is one: what it holds, it then holds for long. */
async function backend({ database, postgres }: Product, pick: number): Promise<Process[]> {
  const ask = `select pid, state <> 'idle' as busy from pg_stat_activity
               where client_port is not null and application_name like 'parley%' and application_name <> $1`;
  type Row = { pid: number; busy: boolean };
  let found: Row[] = [];
  for (let look = 0; look < 20; look += 1) {
    found = await askOnce<Row>(database, ask, [lookingName]).catch(() => []);
    if (found.some(({ busy }) => busy)) break;
  }
  const busy = found.filter((row) => row.busy);
  const pids = new Set((busy.length > 0 ? busy : found).map(({ pid }) => pid));
  return one(
    postgres().filter(({ pid }) => pids.has(pid)),
    pick,
  );
}

/** Turns knobs of the simulated Meta, and later back. */
async function turn(meta: string, knobs: Readonly<Record<string, unknown>>): Promise<Begun> {
  const before = await control<Record<string, unknown>>(meta, 'behaviour');
  await control(meta, 'behaviour', knobs);
  const back = Object.fromEntries(Object.keys(knobs).map((name) => [name, before[name]]));
  return { to: JSON.stringify(knobs), end: () => control(meta, 'behaviour', back).then(() => undefined) };
}

/** The next sends get no answer; whether they counted is left to `pick`. */
async function next(meta: string, action: 'hang' | 'reset', pick: number): Promise<Begun> {
  const times = 1 + Math.floor(pick * 10);
  const delivered = times % 2 === 0;
  await control(meta, 'rules', { action, delivered, times });
  return { to: `the next ${times} sends, ${delivered ? 'which are delivered' : 'which are lost'}` };
}

async function forget(meta: string, rule: number) {
  await fetch(`${meta}/_sim/rules?id=${rule}`, { method: 'DELETE' });
}
