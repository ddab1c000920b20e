import { disconnect } from '#server/db/client.ts';
import { demandSettings } from '#server/env.ts';
import { StartFailure } from '#server/main/failure.ts';
import { Refusal } from '#server/refusal.ts';
import { runCommand } from './run-command.ts';
import { secretReader } from './secrets.ts';

// npm run setup -- <command> <options>: what an installation needs before there is anybody to sign in.
demandSettings('setup');
const ask = secretReader({
  environment: process.env,
  input: process.stdin,
  say: (text) => void process.stderr.write(text),
});
try {
  for (const line of await runCommand(process.argv.slice(2), ask)) console.log(line);
  await disconnect();
  process.exit(0);
} catch (error) {
  const known = error instanceof Refusal || error instanceof StartFailure ? error.message : words(error);
  console.error(known ?? error);
  process.exit(1);
}

/** Plain sentences for a database that is not there yet. */
function words(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'P1001')
    return 'The database cannot be reached: check DATABASE_URL, and that PostgreSQL runs.';
  if (code === 'P1000' || code === 'P1003' || code === 'P2021')
    return 'The database does not know this application: run npm run migrate with this ENCRYPTION_KEY first.';
  if (code === 'P2002') return 'Somebody made the same at this moment: run it again.';
  return undefined;
}
