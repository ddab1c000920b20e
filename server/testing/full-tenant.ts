import { randomBytes } from 'node:crypto';
import { recordAudit } from '#server/audit/record-audit.ts';
import { takeTurns } from '#server/bot/take-turns.ts';
import { startDraft } from '#server/channels/start-draft.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { claimMessage } from '#server/delivery/claim-message.ts';
import { makeTenant, statusWebhook, textWebhook } from './factories.ts';
import { memberCaller, testFrom } from './member-caller.ts';
import { receive } from './receive.ts';

/**
 * A tenant in which everything has happened once, so that every one of its tables holds a row: somebody wrote, the bot
 * answered, a send was begun, a status came too early, a letter was written, a member took over and read, the audit log
 * says something, a first step was put off, a number was looked at, somebody is invited.
 */
export async function makeFullTenant() {
  const tenant = await makeTenant();
  await receive(
    textWebhook(tenant.phoneNumberId, { wamid: `wamid.${tenant.slug}`, name: `Alex of ${tenant.slug}` }),
  );
  const conversation = await asPlatform(({ db }) =>
    db.conversation.findFirstOrThrow({ where: { tenantId: tenant.id } }),
  );
  const job = { tenantId: tenant.id, conversationId: conversation.id };
  await takeTurns([job]);
  await claimMessage(job);
  await receive(
    statusWebhook(tenant.phoneNumberId, [
      { id: `wamid.early.${tenant.slug}`, status: 'sent', timestamp: '1' },
    ]),
  );
  await asPlatform((tx) =>
    recordAudit(tx, {
      ...{ tenantId: tenant.id, action: 'test.filled', subject: tenant.slug },
      actor: { userId: tenant.owner.id, name: tenant.owner.name, ...testFrom },
    }),
  );
  await memberCaller(tenant, tenant.owner).onboarding.putOff({
    ...{ tenant: tenant.slug, step: 'leads', skipped: true },
  });
  await asPlatform(
    ({ db }) => db.$executeRaw`
      insert into channel_health (tenant_id, channel_id) values (${tenant.id}::uuid, ${tenant.channelId}::uuid)
      on conflict do nothing`,
  );
  const [now, email] = [new Date(), `someone@${tenant.slug}.example`];
  await withTenant(tenant.id, async ({ db, tenantId }) => {
    await db.letter.create({ data: { id: newId(), tenantId, recipient: email, subject: tenant.slug } });
    await db.invitation.create({
      data: {
        ...{ tenantId, id: newId(), email, role: 'agent', inviterName: 'Ines', sentAt: now, expiresAt: now },
        tokenHash: new Uint8Array(randomBytes(32)),
      },
    });
  });
  await withTenant(tenant.id, (tx) =>
    startDraft(tx, {
      ...{ phoneNumberId: `5${tenant.phoneNumberId}`, wabaId: `4${tenant.phoneNumberId}`, pin: null },
      ...{ accessToken: `draft-${tenant.token}`, app: { id: `6${tenant.phoneNumberId}`, secret: 'secret' } },
    }),
  );
  const caller = memberCaller(tenant);
  await caller.inbox.takeOver({ tenant: tenant.slug, conversationId: conversation.id });
  await caller.inbox.markRead({ tenant: tenant.slug, conversationId: conversation.id, count: 1 });
  return { ...tenant, conversationId: conversation.id, leadId: conversation.leadId };
}
