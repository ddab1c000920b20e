import { PgBoss } from 'pg-boss';
import { applicationAddress } from '#server/db/application-client.ts';
import { log } from '#server/log.ts';
import { QueueClient } from './queue-client.ts';

let started: Promise<PgBoss> | undefined;

/** The queue of this process: connected, its schema made by `installQueues`. `working` also watches over dead workers. */
export function boss(working = false): Promise<PgBoss> {
  started ??= start(working).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start(working: boolean) {
  const made = new PgBoss({
    connectionString: applicationAddress(),
    application_name: 'parley-jobs',
    // The login itself may not even look at the queue; its sessions here begin in the queue's role.
    options: '-c role=parley_jobs',
    schema: 'pgboss',
    max: working ? 4 : 1,
    migrate: false,
    createSchema: false,
    reindex: false,
    schedule: false,
    supervise: working,
    monitorIntervalSeconds: 10,
    // Deletes what is done. Left at once a day, a thousand jobs a second would pile up to 86 million.
    maintenanceIntervalSeconds: 60,
    useListenNotify: working,
  });
  followLogin(made);
  made.on('error', (error) => log().warn({ err: error }, 'the queue reports an error'));
  await made.start();
  return made;
}

/**
 * Lets each connection that the queue opens, for LISTEN too, come in under the login of its moment. The cast: these are
 * settings of pg's, which it passes on whole and reads anew for each LISTEN, and its types know only some of them.
 */
function followLogin(made: PgBoss) {
  const { config } = made.getDb() as unknown as { config: object };
  Object.defineProperties(config, {
    Client: { value: QueueClient, enumerable: true },
    maxLifetimeSeconds: { value: 60, enumerable: true },
    connectionString: { get: applicationAddress, enumerable: true },
  });
}

/** Lets running handlers end (10 s at most) and leaves what is queued. */
export async function stopBoss() {
  const running = await started?.catch(() => undefined);
  started = undefined;
  await running?.stop({ graceful: true, timeout: 10_000 });
}
