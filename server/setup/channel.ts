import { addChannel } from '#prisma/add-tenant.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import { channelSecret } from '#server/channels/channel-secret.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { Refusal } from '#server/refusal.ts';
import { seal } from '#server/secrets/seal.ts';
import { MetaSaidNo, readNumber, subscribeApp } from '#server/whatsapp/connect-number.ts';
import type { Options } from './read-options.ts';
import type { Ask } from './secrets.ts';
import { setupActor } from './setup-actor.ts';

/**
 * Connects a number of Meta's to a tenant: checks it with Meta, subscribes the app to its account, and keeps the token.
 * A number that the tenant has already gets the new token, and what else is said. Returns what was done, and where Meta
 * has to send webhooks. Throws Refusal, then nothing was written.
 */
export async function setUpChannel(options: Options<'channel'>, ask: Ask): Promise<string[]> {
  const { tenant: slug, 'waba-id': wabaId, 'phone-number-id': phoneNumberId } = options;
  const { tenant, known } = await find(slug, phoneNumberId);
  const key = known?.key ?? options.key ?? phoneNumberId;
  if (known && options.key && options.key !== known.key)
    throw new Refusal(
      'conflict',
      'key',
      `The number’s key is ${known.key}; webhooks come there, so it stays.`,
    );
  if (!known && (await isTaken(key)))
    throw new Refusal(
      'conflict',
      'key',
      `Another channel has the key ${key}: choose another one with --key.`,
    );

  const accessToken = await ask('SETUP_ACCESS_TOKEN', 'Access token');
  const app = options['own-app'] && {
    secret: await ask('SETUP_APP_SECRET', 'App secret'),
    verifyToken: await ask('SETUP_VERIFY_TOKEN', 'Verify token'),
  };
  const { displayPhoneNumber, verifiedName } = await connect(wabaId, phoneNumberId, accessToken);
  const bot = options.bot && { botOn: options.bot === 'on' };
  const ids = { wabaId, displayPhoneNumber, portfolioId: options['portfolio-id'] };

  const note = (tx: PlatformTx, action: string) =>
    recordAudit(tx, {
      ...{ tenantId: tenant.id, actor: setupActor(), action, subject: `+${displayPhoneNumber}` },
      details: { key, 'own app': app !== undefined || Boolean(known?.appSecret), bot: options.bot ?? null },
    });

  if (known)
    await asPlatform(async (tx) => {
      await tx.db.channel.update({
        where: { tenantId_id: { tenantId: tenant.id, id: known.id } },
        data: {
          ...{ ...ids, ...bot, accessToken: seal(accessToken, channelSecret(tenant.id, 'access_token')) },
          ...(app && {
            appSecret: seal(app.secret, channelSecret(tenant.id, 'app_secret')),
            verifyToken: seal(app.verifyToken, channelSecret(tenant.id, 'verify_token')),
          }),
        },
      });
      await note(tx, 'channel.token-replaced');
    });
  else
    await asPlatform(async (tx) => {
      await addChannel(tx, tenant.id, tenant.scriptId, {
        ...{ ...ids, key, phoneNumberId, accessToken, name: verifiedName || `+${displayPhoneNumber}` },
        // Without a script, as before its owner has chosen one, there is nothing that a bot could say.
        ...{ botOn: tenant.scriptId !== null, ...bot, ...(app && { app }) },
      });
      await note(tx, 'channel.connected');
    });
  const ownApp = app || known?.appSecret;
  return [
    known
      ? `The number +${displayPhoneNumber} was connected already; it has the new token now.`
      : `The number +${displayPhoneNumber} (${verifiedName}) is connected to ${slug}.`,
    `Its app’s webhooks belong to ${env().APP_URL}/api/webhooks/whatsapp${ownApp ? `/${key}` : ''}, field “messages”.`,
  ];
}

async function find(slug: string, phoneNumberId: string) {
  const { tenant, known } = await asPlatform(async ({ db }) => ({
    tenant: await db.tenant.findFirst({
      where: { slug },
      select: { id: true, scripts: { orderBy: { createdAt: 'asc' }, take: 1, select: { id: true } } },
    }),
    known: await db.channel.findFirst({
      where: { phoneNumberId },
      select: { tenantId: true, id: true, key: true, appSecret: true },
    }),
  }));
  if (!tenant)
    throw new Refusal(
      'not-found',
      'tenant',
      `There is no tenant ${slug}: make it with npm run setup -- tenant.`,
    );
  if (known && known.tenantId !== tenant.id)
    throw new Refusal('conflict', 'number', 'This number belongs to another tenant.');
  return { tenant: { id: tenant.id, scriptId: tenant.scripts[0]?.id ?? null }, known };
}

const isTaken = (key: string) =>
  asPlatform(async ({ db }) => (await db.channel.count({ where: { key } })) > 0);

async function connect(wabaId: string, phoneNumberId: string, accessToken: string) {
  try {
    const number = await readNumber({ wabaId, accessToken }, phoneNumberId);
    if (!number)
      throw new Refusal('not-found', 'number', `The account ${wabaId} has no number ${phoneNumberId}.`);
    await subscribeApp({ wabaId, accessToken });
    return number;
  } catch (error) {
    if (!(error instanceof MetaSaidNo)) throw error;
    throw new Refusal('precondition', 'meta', `Meta says: ${error.message}. Nothing was written.`);
  }
}
