import type { Decision } from './decide.ts';

type Saying = Pick<Decision, 'says'> & {
  conversation: Pick<Decision['conversation'], 'tenantId' | 'hasHeld'>;
};

/** How many replies each tenant's bot would like to send. */
export function repliesByTenant(decisions: Saying[]): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { conversation, says } of decisions)
    if (says.length > 0)
      wanted.set(conversation.tenantId, (wanted.get(conversation.tenantId) ?? 0) + says.length);
  return wanted;
}

/**
 * How many of each one's replies may leave now, first come, first served within a tenant's room. Where one is held,
 * what follows in the same conversation is held too: nobody reads an answer before the one that came first.
 */
export function shareOut(decisions: Saying[], roomOf: (tenantId: string) => number): number[] {
  const rooms = new Map<string, number>();
  return decisions.map(({ conversation: { tenantId, hasHeld }, says }) => {
    const room = rooms.get(tenantId) ?? roomOf(tenantId);
    const share = hasHeld ? 0 : Math.min(says.length, room);
    rooms.set(tenantId, room - share);
    return share;
  });
}
