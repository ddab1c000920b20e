import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { revokeSessions } from './sessions.ts';

/** Ends all sessions of who is signed in, this one too. */
export async function signOutEverywhere(actor: UserActor): Promise<void> {
  await asPlatform(async (tx) => {
    await revokeSessions(tx, actor.userId);
    await recordAudit(tx, { tenantId: null, actor, action: 'account.signed-out-everywhere' });
  });
}
