/** A mutation's `scope`: what is done to one conversation reaches the server in the order of the clicks, sends and deeds alike. */
export const inTurn = (conversationId: string) => ({ id: `conversation/${conversationId}` });
