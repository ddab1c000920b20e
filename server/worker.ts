import { setTimeout as sleep } from 'node:timers/promises';
import { eraseTenants } from '#server/admin/erase-tenants.ts';
import { sweepAccounts } from '#server/auth/sweep-accounts.ts';
import { sweepTurns } from '#server/bot/sweep-turns.ts';
import { takeTurns } from '#server/bot/take-turns.ts';
import { foldUsage } from '#server/capacity/fold-usage.ts';
import { sampleTraffic } from '#server/capacity/sample-traffic.ts';
import { takeShippedRuns } from '#server/capacity/take-shipped-runs.ts';
import { warnOfQuotas } from '#server/capacity/warn-of-quotas.ts';
import { sweepChannels } from '#server/channels/sweep-channels.ts';
import { watchChannels } from '#server/channels/watch-channel.ts';
import { disconnect } from '#server/db/client.ts';
import { releaseHeld } from '#server/delivery/release-held.ts';
import { deliveriesDrained, startDeliveries } from '#server/delivery/start-deliveries.ts';
import { sweepEarlyStatuses } from '#server/delivery/sweep-early-statuses.ts';
import { sweepOutbox } from '#server/delivery/sweep-outbox.ts';
import { env } from '#server/env.ts';
import { runExports } from '#server/exports/run-exports.ts';
import { sweepImports } from '#server/imports/sweep-imports.ts';
import { workImports } from '#server/imports/work-import.ts';
import { sweepQuarantine } from '#server/ingest/sweep-quarantine.ts';
import { stopBoss } from '#server/jobs/boss.ts';
import { consume } from '#server/jobs/consume.ts';
import { log } from '#server/log.ts';
import { deliverLetters } from '#server/mail/deliver-letter.ts';
import { sayWhetherMailWorks } from '#server/mail/mail-way.ts';
import { sweepLetters } from '#server/mail/sweep-letters.ts';
import { closeMail } from '#server/mail/transport.ts';
import { eraseLeads } from '#server/people/erase-leads.ts';
import { runBulkChanges } from '#server/people/run-bulk-changes.ts';
import { givesWay, watchPressure } from '#server/pressure/watch-pressure.ts';
import { sweepFiles } from '#server/storage/sweep-files.ts';
import { serveWatch } from '#server/web/watch.ts';
import { closeGraphClient } from '#server/whatsapp/graph-client.ts';

const sweepEvery = 10_000;

/** The queue's door: takes turns, delivers, and looks every ten seconds for what was left lying. */
export async function startWorker() {
  const endPressure = watchPressure();
  await consume('take-turns', (jobs) => takeTurns(jobs, startDeliveries), givesWay);
  await consume('deliver', startDeliveries);
  await consume('watch-channel', watchChannels);
  await consume('export', runExports, givesWay);
  await consume('send-mail', deliverLetters);
  await consume('bulk-change', runBulkChanges, givesWay);
  await consume('import', workImports, givesWay);
  await takeShippedRuns().catch((error: unknown) =>
    log().warn(
      { err: error },
      'the load runs that came with this could not be taken, the next start tries again',
    ),
  );
  const stopping = new AbortController();
  const swept = sweepUntil(stopping.signal);
  const erased = eraseUntil(stopping.signal);
  const port = env().WORKER_PORT;
  const endWatch = port === undefined ? undefined : await serveWatch(port);
  sayWhetherMailWorks();

  return async function stop() {
    stopping.abort();
    endPressure();
    await stopBoss();
    await deliveriesDrained();
    await swept;
    await erased;
    endWatch?.();
    await closeGraphClient();
    await closeMail();
    await disconnect();
  };
}

async function sweepUntil(stopped: AbortSignal) {
  const sweeps = {
    ...{ sweepTurns, sweepOutbox, sweepEarlyStatuses, sweepQuarantine, releaseHeld },
    ...{ sweepLetters, sweepAccounts, sweepChannels, sweepFiles },
    ...{ sweepImports, eraseLeads, sampleTraffic, foldUsage, warnOfQuotas },
  };
  while (!stopped.aborted) {
    for (const [name, sweep] of Object.entries(sweeps))
      await sweep().catch((error: unknown) =>
        log().warn({ err: error, name }, 'a sweep failed, the next one will do it'),
      );
    await sleep(sweepEvery, undefined, { signal: stopped }).catch(() => undefined);
  }
}

/** Beside the sweeps, which must not wait for it. */
async function eraseUntil(stopped: AbortSignal) {
  while (!stopped.aborted) {
    await eraseTenants({ signal: stopped }).catch((error: unknown) =>
      log().warn({ err: error }, 'a tenant could not be erased, the next run goes on'),
    );
    await sleep(sweepEvery, undefined, { signal: stopped }).catch(() => undefined);
  }
}

if (import.meta.main) {
  const { serveUntilToldToStop } = await import('#server/process/serve-until-told-to-stop.ts');
  await serveUntilToldToStop('worker', startWorker);
}
