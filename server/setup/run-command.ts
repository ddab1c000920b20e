import { readerUrl } from '#prisma/reader-login.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { assertUsable } from '#server/main/database.ts';
import { Refusal } from '#server/refusal.ts';
import { currentKey } from '#server/secrets/keys.ts';
import { setUpChannel } from './channel.ts';
import { setUpLogin } from './login.ts';
import { readOptions, usage } from './read-options.ts';
import type { Ask } from './secrets.ts';
import { setupActor } from './setup-actor.ts';
import { setUpSuperadmin } from './superadmin.ts';
import { setUpTenant } from './tenant.ts';

/** Does what the words of the command line say, and returns what it did, in lines. Throws Refusal; then nothing was written. */
export async function runCommand([command, ...args]: string[], ask: Ask): Promise<string[]> {
  switch (command) {
    case 'superadmin':
      return setUpSuperadmin(readOptions(command, args), ask);
    case 'tenant':
      return setUpTenant(readOptions(command, args), ask);
    case 'channel':
      return setUpChannel(readOptions(command, args), ask);
    case 'login':
      return setUpLogin(readOptions(command, args), ask);
    case 'reader':
      readOptions(command, args);
      return [await readerAddress()];
    default:
      throw new Refusal('bad-input', 'command', usage);
  }
}

/** The address of a login that reads every tenant, for dumps: the owner's own, where that one does. */
async function readerAddress(): Promise<string> {
  const { DATABASE_URL } = env();
  const { readsAll } = await assertUsable(DATABASE_URL);
  await asPlatform((tx) =>
    recordAudit(tx, { tenantId: null, actor: setupActor(), action: 'reader.address-given' }),
  );
  return readsAll ? DATABASE_URL : readerUrl(DATABASE_URL, currentKey().base64);
}
