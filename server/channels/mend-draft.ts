import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { noDraft, sealForDraft } from './draft.ts';

export type Mending = {
  accessToken?: string | undefined;
  appSecret?: string | undefined;
  pin?: string | undefined;
  phoneNumberId?: string | undefined;
  wabaId?: string | undefined;
  appId?: string | undefined;
};

/** Replaces what a check found wrong. Refuses when there is no such draft, or another one has that number. */
export async function mendDraft(tx: TenantTx, id: string, mending: Mending): Promise<void> {
  const { tenantId, db } = tx;
  const { accessToken, appSecret, pin, phoneNumberId, wabaId, appId } = mending;
  const draft = await db.channelDraft.findFirst({ where: { tenantId, id }, select: { appId: true } });
  if (!draft) throw noDraft();
  if (phoneNumberId !== undefined) {
    const where = { tenantId, phoneNumberId };
    const isTaken =
      (await db.channelDraft.count({ where: { ...where, id: { not: id } } })) > 0 ||
      (await db.channel.count({ where })) > 0;
    if (isTaken)
      throw new Refusal('conflict', 'number-connected', 'You have connected or begun this number already.');
  }
  const ownApp = draft.appId !== null;
  await db.channelDraft.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      ...(accessToken !== undefined && { accessToken: sealForDraft(tenantId, 'access_token', accessToken) }),
      ...(ownApp &&
        appSecret !== undefined && { appSecret: sealForDraft(tenantId, 'app_secret', appSecret) }),
      ...(ownApp && appId !== undefined && { appId }),
      ...(pin !== undefined && { pin: sealForDraft(tenantId, 'pin', pin) }),
      ...(phoneNumberId !== undefined && { phoneNumberId }),
      ...(wabaId !== undefined && { wabaId }),
    },
    select: { id: true },
  });
}
