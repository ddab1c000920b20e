/** The rungs of an outgoing message, lowest first. The stored status is the highest rung reached, whatever the order of the news. */
export const ladder = ['queued', 'unknown', 'accepted', 'sent', 'failed', 'delivered', 'read'] as const;

export type MessageStatus = (typeof ladder)[number];
