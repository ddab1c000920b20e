import type { TenantTx } from '#server/db/with-tenant.ts';
import type { ConsentSource, ConsentState } from '#server/leads/consent.ts';
import { nameOf } from './name-of.ts';

/** A lead's standing, and how it is known: the newest word first. */
export async function readConsent(tx: TenantTx, leadId: string) {
  await nameOf(tx, leadId);
  const { db, tenantId } = tx;
  const lead = await db.lead.findFirstOrThrow({
    where: { tenantId, id: leadId },
    select: { consent: true, blockedAt: true },
  });
  const rows = await db.consent.findMany({
    where: { tenantId, leadId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, at: true, state: true, source: true, proof: true, actorName: true },
    take: 50,
  });
  return {
    // The casts: checks of the tables' hold them.
    consent: lead.consent as ConsentState,
    blockedAt: lead.blockedAt?.toISOString() ?? null,
    words: rows.map(({ at, state, source, ...row }) => ({
      ...row,
      at: at.toISOString(),
      state: state as 'in' | 'out',
      source: source as ConsentSource,
    })),
  };
}
