import { randomBytes } from 'node:crypto';
import { demandRoom } from '#server/capacity/demand-room.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { sealForDraft } from './draft.ts';

/** What a person copies from Meta's screens. `app` null: the platform's own. */
export type Given = {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  app: { id: string; secret: string } | null;
  pin: string | null;
};

/**
 * Begins to connect a number: makes its channel key and verify token. Begun before and not finished, it takes the new
 * values and stays the same draft. Returns the draft's id. Refuses what is a channel of the tenant already, and one
 * more than its quota.
 */
export async function startDraft(tx: TenantTx, given: Given): Promise<string> {
  const { tenantId, db } = tx;
  const { phoneNumberId, wabaId } = given;
  const channel = await db.channel.findFirst({ where: { tenantId, phoneNumberId }, select: { name: true } });
  if (channel)
    throw new Refusal(
      'conflict',
      'number-connected',
      `This number is connected already: ${channel.name}. Its token and secret are replaced on its own page.`,
    );
  const known = await db.channelDraft.count({ where: { tenantId, phoneNumberId } });
  if (known === 0) await demandRoom(tx, 'channels');
  const seal = (secret: Parameters<typeof sealForDraft>[1], value: string) =>
    sealForDraft(tenantId, secret, value);
  const values = {
    wabaId,
    appId: given.app?.id ?? null,
    accessToken: seal('access_token', given.accessToken),
    appSecret: given.app && seal('app_secret', given.app.secret),
    verifyToken: given.app && seal('verify_token', randomBytes(24).toString('base64url')),
    pin: given.pin === null ? null : seal('pin', given.pin),
  };
  const draft = await db.channelDraft.upsert({
    where: { tenantId_phoneNumberId: { tenantId, phoneNumberId } },
    create: { tenantId, id: newId(), key: newKey(), phoneNumberId, ...values },
    update: { ...values, results: [], checkedAt: null, shakenAt: null },
    select: { id: true },
  });
  return draft.id;
}

/** 26 letters and digits by chance: an address that nobody guesses, and that no two channels have. */
function newKey(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return [...randomBytes(26)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
