import { addressOf } from './people.ts';
import type { Simulation } from './simulation.ts';

/** A person opens the chat: what was delivered is read. Answers how many messages that were. */
export function openChat(simulation: Simulation, phoneNumberId: string, who: string): number {
  const { ledger, people, statuses, changes } = simulation;
  const person = people.find(who);
  const address = person ? addressOf(person) : who;
  const unread = unreadOf(simulation, phoneNumberId, address);
  for (const id of unread) {
    const send = ledger.find(id);
    if (send?.direction === 'out') statuses.read(send, simulation.behaviour().readOnOpen);
  }
  if (unread.length > 0) changes.note('people');
  return unread.length;
}

/** The ids of delivered messages that the person has not seen yet. */
export function unreadOf({ ledger }: Simulation, phoneNumberId: string, address: string): string[] {
  return ledger
    .chat(phoneNumberId, address)
    .filter((entry) => entry.direction === 'out' && entry.status === 'delivered')
    .map(({ id }) => id);
}
