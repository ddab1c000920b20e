import type { CheckedMessage } from './check-message.ts';
import { addressOf } from './people.ts';
import type { Simulation } from './simulation.ts';
import type { MetaPerson } from './world.ts';

/** Whom a message reaches, if Meta was introduced to them. */
export function personOf({ people }: Simulation, message: CheckedMessage): MetaPerson | undefined {
  return message.by === 'user-id-as-number' ? undefined : people.find(message.to);
}

/** The conversation a message belongs to: the same for a number and a business-scoped id of one person. */
export function addressIn(simulation: Simulation, message: CheckedMessage): string {
  const person = personOf(simulation, message);
  return person ? addressOf(person) : message.to;
}
