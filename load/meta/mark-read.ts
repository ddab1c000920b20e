import type { Simulation } from './simulation.ts';
import type { MetaNumber } from './world.ts';

/**
 * The business has read a message, and with it all that the person wrote before.
 * A message that was never written here (a webhook that somebody else posted) is taken silently.
 */
export function markRead({ ledger, changes }: Simulation, number: MetaNumber, messageId: string): void {
  const read = ledger.find(messageId);
  if (read?.direction !== 'in' || read.phoneNumberId !== number.phoneNumberId) return;
  const chat = ledger.chat(number.phoneNumberId, read.with);
  for (const entry of chat.slice(0, chat.indexOf(read) + 1)) {
    if (entry.direction === 'in') entry.status = 'read';
  }
  changes.noteChat(number.phoneNumberId, read.with);
}
