import { setTimeout as sleep } from 'node:timers/promises';
import { sweepTurns } from '#server/bot/sweep-turns.ts';
import { takeTurns } from '#server/bot/take-turns.ts';
import { applyEarlyStatuses } from '#server/conversations/apply-status.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { disconnect } from '#server/db/client.ts';
import { deliverMessages } from '#server/delivery/deliver-message.ts';
import { sweepOutbox } from '#server/delivery/sweep-outbox.ts';
import { sweepQuarantine } from '#server/ingest/sweep-quarantine.ts';
import { stopBoss } from '#server/jobs/boss.ts';
import { consume } from '#server/jobs/consume.ts';
import { log } from '#server/log.ts';
import { publish } from '#server/realtime/publish.ts';
import { closeGraphClient } from '#server/whatsapp/graph-client.ts';

const sweepEvery = 10_000;

/** The queue's door: takes turns, delivers, and looks every ten seconds for what was left lying. */
export async function startWorker() {
  await consume('take-turns', takeTurns);
  await consume('deliver', deliverMessages);
  const stopping = new AbortController();
  const swept = sweepUntil(stopping.signal);
  log().info('worker is up');

  return async function stop() {
    stopping.abort();
    await stopBoss();
    await swept;
    await closeGraphClient();
    await disconnect();
  };
}

async function sweepUntil(stopped: AbortSignal) {
  const sweeps = { sweepTurns, sweepOutbox, sweepEarlyStatuses, sweepQuarantine };
  while (!stopped.aborted) {
    for (const [name, sweep] of Object.entries(sweeps))
      await sweep().catch((error: unknown) =>
        log().warn({ err: error, name }, 'a sweep failed, the next one will do it'),
      );
    await sleep(sweepEvery, undefined, { signal: stopped }).catch(() => undefined);
  }
}

async function sweepEarlyStatuses() {
  await asPlatform(async (tx) => {
    await publish(tx, await applyEarlyStatuses(tx));
    await tx.db.$executeRaw`delete from early_statuses where received_at < now() - interval '7 days'`;
  });
}

if (import.meta.main) {
  const { serveUntilToldToStop } = await import('#server/process.ts');
  await serveUntilToldToStop('worker', startWorker);
}
