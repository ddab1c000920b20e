import { authorizeNumber, managing } from './authorize.ts';
import { invalidParameter, refusal } from './graph-errors.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import type { Simulation } from './simulation.ts';

const threeDays = 72 * 60 * 60 * 1000;
const most = 10;

/** `POST /{phone}/register` and `/deregister`; ten of both in 72 hours. The first PIN is chosen, later ones must match. */
export function register(simulation: Simulation, call: GraphCall): GraphAnswer {
  const number = authorizeNumber(simulation, call, managing);
  if ('body' in number) return number;
  const { standings, buckets, clock } = simulation;
  const id = number.phoneNumberId;
  if (!buckets.take(`register ${id}`, clock.now(), most, (most / threeDays) * 1000))
    return refusal(133016, 'There have been too many register and deregister requests for this number.');
  if (call.edge === 'deregister') {
    standings.changeNumber(id, { status: 'DISCONNECTED' });
    return { status: 200, body: { success: true } };
  }
  const given = { ...Object.fromEntries(call.query), ...(call.body as object | undefined) };
  const { messaging_product: product, pin } = given as { messaging_product?: unknown; pin?: unknown };
  if (product !== 'whatsapp') return invalidParameter('Param messaging_product must be one of {whatsapp}');
  if (typeof pin !== 'string' || !/^\d{6}$/.test(pin))
    return invalidParameter('Param pin must be a string of 6 digits');
  const standing = standings.number(id);
  if (standing.codeVerificationStatus !== 'VERIFIED')
    return refusal(133006, 'The phone number needs to be verified before registering.');
  if (standing.pin !== null && standing.pin !== pin)
    return refusal(133005, 'The two-step verification PIN does not match.');
  standings.changeNumber(id, { status: 'CONNECTED', pin });
  return { status: 200, body: { success: true } };
}
