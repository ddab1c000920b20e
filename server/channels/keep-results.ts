import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import { sqlState } from '#server/db/sql-state.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { seal } from '#server/secrets/seal.ts';
import { channelSecret } from './channel-secret.ts';
import { type CheckResult, type Facts, isGood, needed } from './check.ts';
import type { Draft } from './draft.ts';
import { forgetChannels } from './find-channel.ts';

/**
 * Writes down what the checks found; when all that matter have passed, the draft becomes a channel of the same id, whose
 * bot follows the script that was published last. Returns whether it did. Refuses a number that another tenant has.
 */
export async function keepResults(
  tenantId: string,
  draft: Draft,
  results: CheckResult[],
  facts: Partial<Facts>,
  actor: Actor,
): Promise<boolean> {
  const passed = new Set(results.filter(isGood).map(({ check }) => check));
  const isReady = needed.every((check) => passed.has(check));
  try {
    const connected = await withTenant(tenantId, async (tx) => {
      const kept = await keep(tx, draft, results, facts);
      if (!kept || !isReady) return false;
      await promote(tx, draft, facts, actor);
      return true;
    });
    if (connected) forgetChannels();
    return connected;
  } catch (error) {
    // The number is unique among all tenants, whom this one cannot see.
    if (sqlState(error) !== '23505') throw error;
    throw new Refusal(
      'conflict',
      'number-taken',
      'This number is connected elsewhere already. It has to be disconnected there before it can be connected here.',
    );
  }
}

/** False: it was thrown away meanwhile, or given other values, of which these results say nothing. */
async function keep({ db, tenantId }: TenantTx, draft: Draft, results: CheckResult[], facts: Partial<Facts>) {
  const { count } = await db.channelDraft.updateMany({
    where: { tenantId, id: draft.id, phoneNumberId: draft.phoneNumberId, wabaId: draft.wabaId },
    data: {
      results: results.map(({ facts: _, ...result }) => result),
      checkedAt: new Date(),
      ...(facts.displayPhoneNumber && { displayPhoneNumber: facts.displayPhoneNumber }),
      ...(facts.verifiedName && { verifiedName: facts.verifiedName }),
    },
  });
  return count === 1;
}

async function promote(tx: TenantTx, draft: Draft, facts: Partial<Facts>, actor: Actor) {
  const { tenantId, db } = tx;
  const { id, key, phoneNumberId, wabaId, app } = draft;
  const displayPhoneNumber = facts.displayPhoneNumber ?? '';
  const name = facts.verifiedName || `+${displayPhoneNumber}`;
  const newest = await db.scriptVersion.findFirst({
    where: { tenantId },
    orderBy: { id: 'desc' },
    select: { scriptId: true },
  });
  await db.channelDraft.delete({ where: { tenantId_id: { tenantId, id } }, select: { id: true } });
  await db.channel.create({
    data: {
      ...{ tenantId, id, key, phoneNumberId, wabaId, displayPhoneNumber, name },
      portfolioId: facts.portfolioId ?? wabaId,
      accessToken: seal(draft.accessToken, channelSecret(tenantId, 'access_token')),
      appSecret: app && seal(app.secret, channelSecret(tenantId, 'app_secret')),
      verifyToken: app && seal(app.verifyToken, channelSecret(tenantId, 'verify_token')),
      appId: app?.id ?? null,
      botOn: newest !== null,
      scriptId: newest?.scriptId ?? null,
    },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'channel.connected', subject: `+${displayPhoneNumber}` },
    details: { name, phoneNumberId, wabaId, app: app?.id ?? 'platform' },
  });
}
