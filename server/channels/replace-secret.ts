import { randomBytes } from 'node:crypto';
import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { seal, unseal } from '#server/secrets/seal.ts';
import { callGraph } from '#server/whatsapp/graph-call.ts';
import { afterChange } from './after-change.ts';
import { channelSecret } from './channel-secret.ts';
import {
  type ChannelRow,
  findTenantsChannel,
  lockTenantsChannel,
  openToken,
  subjectOf,
} from './find-tenants-channel.ts';

/** For how long the former one is taken as well, unless somebody ends it. Milliseconds. */
export const formerFor = 24 * 3_600_000;

type Change = { tenantId: string; key: string; actor: UserActor };

/**
 * Puts another app secret in the place of the old one, which stays good for a day: what Meta signed with it, and sends
 * again, is still taken. Where the app's id is known Meta is asked first. Throws Refusal; then the old one stays.
 */
export async function replaceAppSecret({ tenantId, key, actor, appSecret }: Change & { appSecret: string }) {
  const known = await withTenant(tenantId, (tx) => findTenantsChannel(tx, key));
  demandOwnApp(known);
  if (known.appId) await demandRightSecret(known, known.appId, appSecret);
  await withTenant(tenantId, async (tx) => {
    const row = await lockTenantsChannel(tx, key);
    const before = demandOwnApp(row).appSecret;
    const old = unseal(before, channelSecret(tenantId, 'app_secret'));
    if (old === appSecret)
      throw new Refusal('conflict', 'same-secret', 'This is the app secret that is in use already.');
    const data = {
      appSecret: seal(appSecret, channelSecret(tenantId, 'app_secret')),
      appSecretBefore: seal(old, channelSecret(tenantId, 'app_secret_before')),
      appSecretBeforeUntil: new Date(Date.now() + formerFor),
    };
    await change(tx, row, actor, 'channel.secret-replaced', data);
  });
}

/** Makes another verify token; the old one stays good for a day, until Meta's screen has the new one. */
export const replaceVerifyToken = ({ tenantId, key, actor }: Change) =>
  withTenant(tenantId, async (tx) => {
    const row = await lockTenantsChannel(tx, key);
    demandOwnApp(row);
    const old = row.verifyToken && unseal(row.verifyToken, channelSecret(tenantId, 'verify_token'));
    const data = {
      verifyToken: seal(randomBytes(24).toString('base64url'), channelSecret(tenantId, 'verify_token')),
      ...(old && {
        verifyTokenBefore: seal(old, channelSecret(tenantId, 'verify_token_before')),
        verifyTokenBeforeUntil: new Date(Date.now() + formerFor),
      }),
    };
    await change(tx, row, actor, 'channel.verify-token-replaced', data);
  });

/** From now on only the new one is taken. */
export const endFormer = ({ tenantId, key, actor, which }: Change & { which: 'secret' | 'verify-token' }) =>
  withTenant(tenantId, async (tx) => {
    const row = await lockTenantsChannel(tx, key);
    const data =
      which === 'secret'
        ? { appSecretBefore: null, appSecretBeforeUntil: null }
        : { verifyTokenBefore: null, verifyTokenBeforeUntil: null };
    await change(tx, row, actor, `channel.former-${which}-ended`, data);
  });

/** The verify token, for whoever has to enter it at Meta. That it was shown is written down. */
export const showVerifyToken = ({ tenantId, key, actor }: Change): Promise<string> =>
  withTenant(tenantId, async (tx) => {
    const row = await findTenantsChannel(tx, key);
    if (row.verifyToken === null)
      throw new Refusal(
        'precondition',
        'platforms-app',
        'This number uses the platform’s own Meta app: there is nothing to enter at Meta.',
      );
    await recordAudit(tx, {
      ...{ tenantId, actor, action: 'channel.verify-token-shown', subject: subjectOf(row), details: { key } },
    });
    return unseal(row.verifyToken, channelSecret(tenantId, 'verify_token'));
  });

async function change(tx: TenantTx, row: ChannelRow, actor: UserActor, action: string, data: object) {
  const { tenantId } = tx;
  const { id, key } = row;
  await tx.db.channel.update({ where: { tenantId_id: { tenantId, id } }, data, select: { id: true } });
  await recordAudit(tx, { tenantId, actor, action, subject: subjectOf(row), details: { key } });
  await afterChange(tx, id);
}

function demandOwnApp(row: ChannelRow): { appSecret: Uint8Array } {
  if (row.appSecret === null)
    throw new Refusal(
      'precondition',
      'platforms-app',
      'This number uses the platform’s own Meta app, whose secret is not yours to change.',
    );
  return { appSecret: row.appSecret };
}

/** debug_token, asked as the app, is answered only with its right secret. */
async function demandRightSecret(row: ChannelRow, appId: string, appSecret: string) {
  const inspected = encodeURIComponent(openToken(row));
  const reply = await callGraph(`debug_token?input_token=${inspected}`, { token: `${appId}|${appSecret}` });
  if (reply.kind === 'refused' && [101, 102, 190].includes(reply.refusal.code ?? 0))
    throw new Refusal(
      'precondition',
      'secret-wrong',
      `Meta does not accept this as the secret of the app ${appId}. Copy it again from App settings, Basic. Nothing was changed.`,
    );
}
