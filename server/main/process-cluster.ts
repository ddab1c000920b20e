import cluster from 'node:cluster';
import { keepCounts } from './keep-counts.ts';
import { restartDelay } from './restart-policy.ts';

// node server/main/process-cluster.ts <count> <script> <its arguments>
// Several processes that share their ports. To whoever started this it looks like one of them: it is ready when all
// are, hears what they hear, and tells what all of them count.
const [count, exec = '', ...args] = process.argv.slice(2);
const wanted = Number(count);
const ready = new Set<number>();
const deaths: number[] = [];
let wasReady = false;
let allReady = false;
let stopping = false;

let isKept = false;
const counts = keepCounts({
  patience: 1_000,
  passOn(question) {
    if (isKept) process.send?.(question, () => {});
    return isKept;
  },
});

cluster.setupPrimary({ exec, args });
// What keeps one from starting keeps all: the first one says it, once.
add();

function add(): void {
  const worker = cluster.fork();
  counts.join(worker.process);
  worker.on('message', (message) => {
    if (message?.type !== 'ready') return;
    ready.add(worker.id);
    if (allReady) worker.send({ type: 'all-ready' });
    if (ready.size === 1 && !wasReady) for (let more = 1; more < wanted; more += 1) add();
    if (ready.size < wanted || wasReady) return;
    wasReady = true;
    process.send?.({ type: 'ready' });
  });
}

cluster.on('exit', (worker, code, signal) => {
  ready.delete(worker.id);
  if (stopping) {
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit();
    return;
  }
  const now = performance.now();
  deaths.push(now);
  const delay = wasReady ? restartDelay(deaths, now) : undefined;
  if (delay === undefined) return leave(1);
  console.error(`One of ${wanted} processes ended (${signal ?? `exit code ${code}`}); it is started again.`);
  setTimeout(() => !stopping && add(), delay);
});

process.on('message', (message) => {
  if (!(message instanceof Object && 'type' in message)) return;
  if (message.type === 'all-ready') allReady = true;
  if (message.type === 'keeping-counts') return void keepTelling();
  if (message.type === 'tell-counts') return void tell('id' in message ? message.id : undefined);
  for (const worker of Object.values(cluster.workers ?? {}))
    if (worker?.isConnected()) worker.send(message, () => {});
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(signal, () => leave(0));

function keepTelling(): void {
  if (isKept) return;
  isKept = true;
  setInterval(() => void tell(), 5_000).unref();
}

async function tell(id?: unknown): Promise<void> {
  const message = { type: 'counts', id, counts: await counts.gather() };
  if (process.connected) process.send?.(message, () => {});
}

function leave(code: number): void {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  const workers = Object.values(cluster.workers ?? {});
  for (const worker of workers) worker?.process.kill('SIGTERM');
  if (workers.length === 0) process.exit();
}
