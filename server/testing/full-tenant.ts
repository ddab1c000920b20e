import { randomBytes } from 'node:crypto';
import { recordAudit } from '#server/audit/record-audit.ts';
import { takeTurns } from '#server/bot/take-turns.ts';
import { stopNotingArrivals } from '#server/channels/note-arrivals.ts';
import { startDraft } from '#server/channels/start-draft.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { claimMessage } from '#server/delivery/claim-message.ts';
import { makeTenant, statusWebhook, type TestTenant, textWebhook } from './factories.ts';
import { memberCaller, testFrom } from './member-caller.ts';
import { receive } from './receive.ts';

/**
 * A tenant in which everything has happened once, so that every one of its tables holds a row: somebody wrote, the bot
 * answered, a send was begun, a status came too early, a letter was written, a member took over and read, the audit log
 * says something, a first step was put off, a number was looked at, somebody is invited, and
 * every table about leads has one row.
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
  await fillQuotas(tenant);
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
  await fillLeads(tenant, conversation.leadId);
  // What the door writes down a little later belongs to it as well: from here on nothing of it changes by itself.
  await stopNotingArrivals();
  return { ...tenant, conversationId: conversation.id, leadId: conversation.leadId };
}

/** One row in each of the tables about leads. */
async function fillLeads({ id, slug, owner }: TestTenant, leadId: string) {
  await withTenant(id, async ({ db, tenantId }) => {
    const [userId, userName, at] = [owner.id, owner.name, new Date()];
    const [ids, file] = [{ tenantId, id: newId() }, newId()];
    const by = { userId, userName };
    await db.lead.create({ data: { ...ids, mergedInto: leadId } });
    const labelId = ids.id;
    await db.label.create({ data: { ...ids, name: slug } });
    await db.leadField.create({ data: { tenantId, key: 'city', name: 'City', kind: 'text' } });
    await db.segment.create({ data: { ...ids, name: slug, filter: {}, createdBy: userId } });
    await db.leadNote.create({
      data: { ...ids, leadId, authorId: userId, authorName: userName, body: slug },
    });
    await db.leadEvent.create({ data: { ...ids, leadId, kind: 'edited' } });
    await db.consent.create({ data: { ...ids, leadId, state: 'in', source: 'hand', proof: slug } });
    await db.merge.create({
      data: {
        ...{ ...ids, survivorId: leadId, mergedId: newId(), moved: {} },
        ...{ actorId: userId, actorName: userName },
      },
    });
    await db.mergeRefusal.create({ data: { tenantId, oneId: leadId, otherId: newId() } });
    await db.bulkChange.create({
      data: {
        ...{ ...ids, ...by, kind: 'label', state: 'finished', meant: 1 },
        order: { who: { ids: [leadId] }, deed: { kind: 'label', labelId }, name: slug, after: null },
        rows: { create: { leadId, before: {}, revision: 0 } },
      },
    });
    await db.storedFile.create({
      data: {
        ...{ tenantId, id: file, name: `${slug}.csv`, type: 'text/csv', expiresAt: at },
        pieces: { create: { number: 0, bytes: new Uint8Array([1]) } },
      },
    });
    await db.import.create({
      data: {
        ...{ ...ids, ...by, fileId: file, fileName: `${slug}.csv`, fileSize: 1, state: 'finished' },
        problems: { create: { line: 3, number: 0, kind: 'refused', value: '', reason: 'No phone number' } },
      },
    });
    await db.importRow.create({ data: { tenantId, importId: ids.id, line: 2, leadId, revision: 0 } });
    await db.export.create({ data: { ...ids, ...by, format: 'csv', order: {}, state: 'finished' } });
  });
}

/** One quota that differs, a warning, one of Meta's charges, and a token bucket; the usage is there since somebody wrote. */
const fillQuotas = ({ id: tenantId, channelId }: TestTenant) =>
  asPlatform(async ({ db }) => {
    const day = new Date();
    const grant = { quota: 'members', value: 50, reason: 'A test', createdBy: 'A test' };
    await db.grant.create({ data: { tenantId, id: newId(), ...grant } });
    await db.quotaWarning.create({ data: { tenantId, day, quota: 'messages', level: 80 } });
    const charge = { category: 'service', type: 'free_customer_service', slot: 0, count: 1 };
    await db.charge.create({ data: { tenantId, month: day, channelId, ...charge } });
    await db.rateBucket.create({ data: { tenantId, tokens: 1, at: day } });
  });
