import cluster from 'node:cluster';
import path from 'node:path';
import { readVariables } from './surroundings.ts';

// WEB_PROCESSES > 1: several web processes share the port. To whoever started this it looks like one of them.
const wanted = Number(readVariables()['WEB_PROCESSES'] ?? 1);
const ready = new Set<number>();
let allReady = false;
let stopping = false;

cluster.setupPrimary({ exec: path.join(import.meta.dirname, '../web.ts') });
for (let count = 0; count < wanted; count += 1) cluster.fork();

cluster.on('message', (worker, message) => {
  if (message?.type !== 'ready') return tellAll(message, worker.id); // what one counted, all can print
  ready.add(worker.id);
  if (allReady) worker.send({ type: 'all-ready' });
  if (ready.size === wanted) process.send?.({ type: 'ready' });
});
cluster.on('exit', (worker) => {
  ready.delete(worker.id);
  const left = Object.keys(cluster.workers ?? {}).length;
  // one that dies takes all with it: who supervises this process starts all of them again, with its patience
  if (!stopping) leave(1);
  else if (left === 0) process.exit();
});
process.on('message', (message) => {
  if (!(message instanceof Object)) return;
  if ('type' in message && message.type === 'all-ready') allReady = true;
  tellAll(message);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(signal, () => leave(0));

function tellAll(message: object, butNot?: number): void {
  for (const worker of Object.values(cluster.workers ?? {}))
    if (worker && worker.id !== butNot && worker.isConnected()) worker.send(message, () => {});
}

function leave(code: number): void {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  const workers = Object.values(cluster.workers ?? {});
  for (const worker of workers) worker?.process.kill('SIGTERM');
  if (workers.length === 0) process.exit();
}
