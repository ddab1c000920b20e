import { v5 } from 'uuid';
import { noteConsents } from '#server/conversations/note-consents.ts';
import type { BatchTx } from '#server/db/as-batch.ts';
import { resolveLeads } from '#server/leads/resolve-leads.ts';
import type { Delivery } from './route-events.ts';

// Any fixed id: the same word of Meta's, told again, has the same one.
const namespace = '3f0c7a52-6d0e-4b39-9a51-0d1c8f4c2b77';

/**
 * What people told WhatsApp itself about being written to, as their leads' consent. Somebody who never wrote becomes a
 * lead: who stopped before the import must stay stopped after it.
 */
export async function hearPreferences(tx: BatchTx, preferences: Delivery['preferences'], now: Date) {
  if (preferences.length === 0) return [];
  const leadIds = await resolveLeads(
    tx,
    preferences.map(({ channel: { tenantId, portfolioId }, event: { person } }) => ({
      ...{ tenantId, portfolioId, ...person },
    })),
  );
  return noteConsents(
    tx,
    preferences.map(({ channel, event: { state, at, words } }, index) => {
      const leadId = leadIds[index] ?? '';
      const id = v5(`${channel.id} ${leadId} ${words} ${at.toISOString()}`, namespace);
      return {
        ...{ tenantId: channel.tenantId, id, leadId, at, state, source: 'meta' as const, actor: null },
        proof: words,
      };
    }),
    now,
  );
}
