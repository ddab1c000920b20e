import { authorizeNumber, messaging } from './authorize.ts';
import { invalidParameter } from './graph-errors.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import { addressOf } from './people.ts';
import type { Simulation } from './simulation.ts';

/** `POST`, `DELETE` and `GET /{phone}/block_users`. Only who wrote within 24 hours can be blocked, whatever the windows' rule. */
export function blockUsers(simulation: Simulation, call: GraphCall): GraphAnswer {
  const number = authorizeNumber(simulation, call, messaging);
  if ('body' in number) return number;
  const { blocks, people, windows, clock } = simulation;
  const id = number.phoneNumberId;
  if (call.method === 'GET') {
    const data = blocks.list(id).map((user) => ({ messaging_product: 'whatsapp', wa_id: user }));
    return { status: 200, body: { data, paging: { cursors: { before: '', after: '' } } } };
  }
  const given = (call.body ?? {}) as { messaging_product?: unknown; block_users?: unknown };
  if (given.messaging_product !== 'whatsapp')
    return invalidParameter('Param messaging_product must be one of {whatsapp}');
  if (!Array.isArray(given.block_users) || given.block_users.length === 0)
    return invalidParameter('Param block_users must be a non-empty array');
  const done: object[] = [];
  const failed: object[] = [];
  for (const entry of given.block_users as { user?: unknown; user_id?: unknown }[]) {
    const input = String(entry?.user ?? entry?.user_id ?? '');
    const person = people.find(input.replace(/^\+/, ''));
    const address = person && addressOf(person);
    const no =
      address === undefined
        ? error(139100, 'Failed to block/unblock user')
        : call.method === 'POST' && !windows.isOpen(id, address, clock.now(), 'strict')
          ? error(131047, 'Re-engagement required: the user has not messaged within the last 24 hours')
          : undefined;
    if (no) failed.push({ input, errors: [no] });
    else if (address !== undefined) {
      if (call.method === 'POST') blocks.add(id, address);
      else blocks.remove(id, address);
      done.push({ input, wa_id: address });
    }
  }
  const key = call.method === 'POST' ? 'added_users' : 'removed_users';
  const block_users = { [key]: done, ...(failed.length > 0 && { failed_users: failed }) };
  return { status: 200, body: { messaging_product: 'whatsapp', block_users } };
}

const error = (code: number, message: string) => ({ message, code, error_data: { details: message } });
