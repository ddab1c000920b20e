import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { seal } from '#server/secrets/seal.ts';
import { callGraph, type GraphReply } from '#server/whatsapp/graph-call.ts';
import { afterChange } from './after-change.ts';
import { channelSecret } from './channel-secret.ts';
import { findTenantsChannel, lockTenantsChannel, subjectOf } from './find-tenants-channel.ts';
import { judgeHealth } from './judge-health.ts';
import { wordsOfProblem } from './problems.ts';

type Replacement = { tenantId: string; key: string; accessToken: string; actor: UserActor };

/**
 * Puts another access token in the place of the old one, once Meta has said that it opens the number. What is being
 * sent meanwhile is tried again with the new one. Throws Refusal, in words that say what is wrong with it; then the old one stays.
 */
export async function replaceToken({ tenantId, key, accessToken, actor }: Replacement): Promise<void> {
  const channel = await withTenant(tenantId, (tx) => findTenantsChannel(tx, key));
  await demandGoodToken(channel, accessToken);
  await withTenant(tenantId, async (tx) => {
    const { id, ...row } = await lockTenantsChannel(tx, key);
    await tx.db.channel.update({
      where: { tenantId_id: { tenantId, id } },
      data: { accessToken: seal(accessToken, channelSecret(tenantId, 'access_token')) },
      select: { id: true },
    });
    await recordAudit(tx, {
      tenantId,
      actor,
      action: 'channel.token-replaced',
      subject: subjectOf(row),
      details: { key },
    });
    await afterChange(tx, id);
  });
}

/** Throws Refusal unless the token opens this number with all that it needs. */
async function demandGoodToken(channel: { phoneNumberId: string; wabaId: string }, token: string) {
  const [bySelf, number, subscriptions] = await Promise.all([
    callGraph(`debug_token?input_token=${encodeURIComponent(token)}`, { token }),
    callGraph(`${channel.phoneNumberId}?fields=id`, { token }),
    callGraph(`${channel.wabaId}/subscribed_apps`, { token }),
  ]);
  const { problem, details } = judgeHealth(
    {
      ...{ byApp: null, bySelf, number, subscriptions: refusedOnly(subscriptions) },
      ...{ appId: null, callback: null, rejected: null },
    },
    new Date(),
  );
  if (problem === null || problem === 'token-expires') return;
  const words = wordsOfProblem(problem);
  const said = details ? ` Meta says: ${details}` : '';
  throw new Refusal(
    'precondition',
    problem,
    `${words?.title}.${said} Nothing was changed: the token from before stays.`,
  );
}

/** Whether the app is subscribed is no trouble of the token's. */
const refusedOnly = (reply: GraphReply): GraphReply =>
  reply.kind === 'answer' ? { kind: 'unreachable', why: '' } : reply;
