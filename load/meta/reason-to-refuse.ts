import type { CheckedMessage } from './check-message.ts';
import { type GraphRefusal, refusal } from './graph-errors.ts';
import { addressIn } from './recipient.ts';
import type { Rule } from './rules.ts';
import type { Simulation } from './simulation.ts';
import type { MetaNumber } from './world.ts';

/** Pending webhooks beyond which Meta is out of order: nothing is ever dropped, so nothing more is taken. */
const backlogLimit = 50_000;

/** Why a well-formed message is not taken, if it is not: rules, overload, limits, the window; in this order. */
export function reasonToRefuse(
  simulation: Simulation,
  number: MetaNumber,
  message: CheckedMessage,
  rule: Rule | undefined,
): GraphRefusal | undefined {
  const { buckets, clock, windows } = simulation;
  const { rateLimited, numberLimit, numberLimitPerSecond, pairLimit, window } = simulation.behaviour();
  const id = number.phoneNumberId;
  const now = clock.now();
  if (message.to === number.displayPhoneNumber) return refusal(131021, 'Recipient cannot be sender');
  const { status, canSendMessage } = simulation.standings.number(id);
  if (canSendMessage === 'BLOCKED') return refusal(368, 'This number is blocked from sending messages.');
  if (status !== 'CONNECTED') return refusal(133010, 'The account is not registered.');
  if (rule?.action === 'refuse') return refusal(rule.code, rule.details, rule.http_status);
  if (simulation.backlog() >= backlogLimit) {
    return refusal(131016, 'The simulated Meta has too many undelivered webhooks.', 503);
  }
  if (rateLimited || (numberLimit && !buckets.take(id, now, numberLimitPerSecond, numberLimitPerSecond))) {
    return refusal(130429, 'Cloud API message throughput has been reached.');
  }
  // Meta: 1 message per 6 seconds to the same person, 45 at once.
  if (pairLimit && !buckets.take(`${id} ${message.to}`, now, 45, 1 / 6)) {
    return refusal(131056, 'Too many messages were sent from this phone number to the same phone number.');
  }
  if (message.type !== 'template' && !windows.isOpen(id, addressIn(simulation, message), now, window)) {
    return refusal(
      131047,
      'More than 24 hours have passed since the recipient last replied to the sender number.',
    );
  }
  return undefined;
}
