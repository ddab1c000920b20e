import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { defaultWords, foldWish } from '#server/leads/opt-words.ts';
import { Refusal } from '#server/refusal.ts';

/** The words that count: the tenant's own, and those of every language. */
export async function readWords({ db, tenantId }: TenantTx) {
  const { optOutWords, optInWords } = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { optOutWords: true, optInWords: true },
  });
  return { own: { out: optOutWords, in: optInWords }, defaults: defaultWords };
}

/** Replaces the tenant's own words. They count within seconds. Throws Refusal for one that says nothing, or both. */
export async function setWords(
  tx: TenantTx,
  { out, in: back, actor }: { out: string[]; in: string[]; actor: UserActor },
): Promise<void> {
  const [outs, ins] = [tidy(out), tidy(back)];
  const taken = (list: string[], side: 'out' | 'in') =>
    new Set([...list, ...defaultWords.flatMap((one) => one[side])].map(foldWish));
  const [meansOut, meansIn] = [taken(outs, 'out'), taken(ins, 'in')];
  for (const word of [...outs, ...ins])
    if (foldWish(word) === '')
      throw new Refusal('bad-input', 'no-word', `“${word}” has no letters or digits. Write a word.`);
  for (const word of outs)
    if (meansIn.has(foldWish(word)))
      throw new Refusal('bad-input', 'both', `“${word}” would mean stop and start. Choose one.`);
  for (const word of ins)
    if (meansOut.has(foldWish(word)))
      throw new Refusal('bad-input', 'both', `“${word}” would mean stop and start. Choose one.`);
  const { db, tenantId } = tx;
  await db.tenant.update({
    where: { id: tenantId },
    data: { optOutWords: outs, optInWords: ins },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'tenant.consent-words' },
    details: { stop: outs.join(', ').slice(0, 500), start: ins.join(', ').slice(0, 500) },
  });
}

/** Each once, however it is written. */
const tidy = (list: string[]) =>
  [
    ...new Map(
      list.map((word) => word.trim()).flatMap((word) => (word ? [[foldWish(word), word]] : [])),
    ).values(),
  ] as string[];
