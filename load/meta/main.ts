import process from 'node:process';
import { z } from 'zod';
import { type RunningMeta, startMeta } from './meta.ts';

/** Started by a parent that wants to hear when it is ready, and that it shall not outlive. */
const hasParent = process.send !== undefined;

// The simulated Meta as a process of its own: `node load/meta/main.ts`.
const settings = z
  .object({
    META_PORT: z.coerce.number().int().min(0).max(65_535).default(3100),
    META_WEBHOOK_BASE: z.url().default('http://127.0.0.1:3000'),
    META_APP_SECRET: z.string().min(1).optional(),
    META_VERIFY_TOKEN: z.string().min(1).optional(),
    META_MEMORY: z.string().min(1).optional(),
  })
  // An empty variable is none.
  .safeParse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')));

if (!settings.success) {
  for (const { path, message } of settings.error.issues) fail(`${path.join('.')}: ${message}`);
} else {
  const {
    META_PORT: port,
    META_WEBHOOK_BASE: webhookBase,
    META_APP_SECRET,
    META_VERIFY_TOKEN,
    META_MEMORY: memory,
  } = settings.data;
  const platform = {
    ...(META_APP_SECRET && { secret: META_APP_SECRET }),
    ...(META_VERIFY_TOKEN && { verifyToken: META_VERIFY_TOKEN }),
  };
  try {
    run(await startMeta({ port, webhookBase, platform, memory }));
  } catch (error) {
    fail(
      (error as { code?: unknown }).code === 'EADDRINUSE'
        ? `port ${port} is in use; META_PORT chooses another`
        : String(error),
    );
  }
}

function run(meta: RunningMeta): void {
  let ending = false;
  async function end() {
    if (ending) return;
    ending = true;
    // What does not close by itself shall not hold the process.
    setTimeout(() => process.exit(0), 800).unref();
    await meta.close();
    process.exit(0);
  }
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
  process.on('disconnect', () => void end());
  process.stdout.write(`Simulated Meta at ${meta.url}\n`);
  // A parent that has gone meanwhile is told nothing any more.
  process.send?.({ type: 'ready', url: meta.url }, () => undefined);
  if (hasParent && !process.connected) void end();
}

function fail(sentence: string): void {
  process.stderr.write(`simulated Meta: ${sentence}\n`);
  process.exitCode = 1;
}
