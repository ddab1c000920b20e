import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { type Place, seal, unseal } from '#server/secrets/seal.ts';

type Secret = 'access_token' | 'app_secret' | 'verify_token' | 'pin';

export const draftPlace = (tenantId: string, secret: Secret): Place => ({
  tenantId,
  column: `channel_drafts.${secret}`,
});

export const sealForDraft = (tenantId: string, secret: Secret, value: string) =>
  seal(value, draftPlace(tenantId, secret));

/** A number on its way to a channel, secrets in the clear. `app` null: the platform's own. */
export type Draft = {
  id: string;
  key: string;
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  app: { id: string; secret: string; verifyToken: string } | null;
  pin: string | null;
};

/** Refuses when the tenant has no such draft. */
export async function readDraft(tx: TenantTx, id: string): Promise<Draft> {
  const row = await tx.db.channelDraft.findFirst({ where: { tenantId: tx.tenantId, id } });
  if (!row) throw noDraft();
  return openDraft(row);
}

export const noDraft = () =>
  new Refusal('not-found', 'no-draft', 'This number is no longer being connected.');

type Bytes = Uint8Array<ArrayBuffer>;
type Row = {
  tenantId: string;
  id: string;
  key: string;
  phoneNumberId: string;
  wabaId: string;
  accessToken: Bytes;
  appId: string | null;
  appSecret: Bytes | null;
  verifyToken: Bytes | null;
  pin: Bytes | null;
};

function openDraft(row: Row): Draft {
  const { tenantId, id, key, phoneNumberId, wabaId, appId, appSecret, verifyToken, pin } = row;
  const open = (secret: Secret, sealed: Uint8Array) => unseal(sealed, draftPlace(tenantId, secret));
  return {
    ...{ id, key, phoneNumberId, wabaId },
    accessToken: open('access_token', row.accessToken),
    app:
      appId && appSecret && verifyToken
        ? {
            id: appId,
            secret: open('app_secret', appSecret),
            verifyToken: open('verify_token', verifyToken),
          }
        : null,
    pin: pin && open('pin', pin),
  };
}
