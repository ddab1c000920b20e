import { asPlatform } from '#server/db/as-platform.ts';
import { unseal } from '#server/secrets/seal.ts';
import { draftPlace } from './draft.ts';

/** A draft's door: it answers Meta's question, and takes no message yet. */
export type DraftDoor = { tenantId: string; id: string; secret: string; verifyToken: string };

// Anybody can ask for any key: who asks again for one that nobody has is not worth a query. Milliseconds, entries.
const keepUnknownFor = 1_000;
const mostKept = 10_000;
const unknown = new Map<string, number>();

/** The draft of an app of its own that listens at this key. */
export async function findDraft(key: string, now = Date.now()): Promise<DraftDoor | undefined> {
  if ((unknown.get(key) ?? 0) > now) return undefined;
  const row = await asPlatform(({ db }) =>
    db.channelDraft.findFirst({
      where: { key },
      select: { tenantId: true, id: true, appSecret: true, verifyToken: true },
    }),
  );
  if (!row?.appSecret || !row.verifyToken) {
    if (unknown.size >= mostKept) unknown.clear();
    unknown.set(key, now + keepUnknownFor);
    return undefined;
  }
  const { tenantId, id } = row;
  return {
    ...{ tenantId, id },
    secret: unseal(row.appSecret, draftPlace(tenantId, 'app_secret')),
    verifyToken: unseal(row.verifyToken, draftPlace(tenantId, 'verify_token')),
  };
}

/** Meta has asked at the draft's address, and was answered. */
export async function noteHandshake({ tenantId, id }: DraftDoor, now: Date): Promise<void> {
  await asPlatform(({ db }) =>
    db.channelDraft.updateMany({ where: { tenantId, id }, data: { shakenAt: now } }),
  );
}
