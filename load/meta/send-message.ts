import { authorizeNumber, messaging } from './authorize.ts';
import { type CheckedMessage, checkMessage } from './check-message.ts';
import { failureOfNumber } from './fate.ts';
import type { GraphRefusal } from './graph-errors.ts';
import type { Send } from './ledger.ts';
import { markRead } from './mark-read.ts';
import { asText } from './message-text.ts';
import { reasonToRefuse } from './reason-to-refuse.ts';
import { addressIn, personOf } from './recipient.ts';
import type { Rule } from './rules.ts';
import type { Simulation } from './simulation.ts';
import { makeWamid } from './wamid.ts';
import type { MetaNumber, MetaPerson } from './world.ts';

/** `POST /{phone}/messages` as it came. `body` is undefined where `raw` is no JSON. */
export type SendRequest = {
  readonly phoneNumberId: string;
  readonly token: string | undefined;
  readonly raw: string;
  readonly body: unknown;
};

/** What to answer, when, and whether to answer at all. `line` is for the wire. */
export type SendAnswer = {
  readonly answer: GraphRefusal | { readonly status: 200; readonly body: unknown };
  readonly afterMs: number;
  readonly cut: 'hang' | 'reset' | undefined;
  readonly line: {
    readonly kind: 'send' | 'mark-as-read';
    readonly summary: string;
    readonly outcome: string;
  };
};

/** Takes or refuses a message, notes it, and sets its statuses going. */
export function sendMessage(simulation: Simulation, request: SendRequest): SendAnswer {
  const { rules } = simulation;
  const asked = { method: 'POST', id: request.phoneNumberId, token: request.token };
  const number = authorizeNumber(simulation, asked, messaging);
  if ('body' in number) return refuse(simulation, request, number);

  const message = checkMessage(request.body);
  if (message.kind === 'refused') return refuse(simulation, request, message.refusal);
  if (message.kind === 'read') {
    markRead(simulation, number, message.messageId);
    const line = { kind: 'mark-as-read', summary: message.messageId, outcome: 'accepted' } as const;
    return { answer: { status: 200, body: { success: true } }, afterMs: 0, cut: undefined, line };
  }

  const rule = rules.use({ phoneNumberId: number.phoneNumberId, to: message.to, type: message.type });
  if (rule) simulation.changes.note('rules');
  const reason = reasonToRefuse(simulation, number, message, rule);
  if (reason) return refuse(simulation, request, reason, message);

  const afterMs = rule?.action === 'slow' ? rule.ms : simulation.behaviour().answerAfterMs;
  const cut = rule?.action === 'hang' || rule?.action === 'reset' ? rule.action : undefined;
  const lost = (rule?.action === 'hang' || rule?.action === 'reset') && !rule.delivered;
  const answer = accept(simulation, request, number, message, { rule, cut, lost });
  const line = { kind: 'send', summary: summaryOf(message), outcome: cut ?? 'accepted' } as const;
  return { answer, afterMs, cut, line };
}

function accept(
  simulation: Simulation,
  request: SendRequest,
  number: MetaNumber,
  message: CheckedMessage,
  fate: { rule: Rule | undefined; cut: 'hang' | 'reset' | undefined; lost: boolean },
) {
  const person = personOf(simulation, message);
  const answer = { status: 200 as const, body: accepted(message, makeWamid('out', message.to)) };
  const send = record(simulation, request, {
    id: answer.body.messages[0].id,
    to: message.to,
    with: addressIn(simulation, message),
    accepted: !fate.lost,
    answer: fate.cut ? { status: 0, body: null } : answer,
  });
  if (fate.lost) return answer;
  simulation.statuses.follow({
    send,
    number,
    person,
    callbackData: message.callbackData,
    pricing: simulation.pricing.price(
      number.phoneNumberId,
      message.type === 'template',
      simulation.clock.now(),
    ),
    isReaction: message.type === 'reaction',
    failure: failureOf(message, person, fate.rule),
  });
  return answer;
}

function failureOf(message: CheckedMessage, person: MetaPerson | undefined, rule: Rule | undefined) {
  if (rule?.action === 'fail') return rule.code;
  if (message.by === 'user-id-as-number') return 131026;
  return failureOfNumber(message.by === 'number' ? message.to : person?.waId);
}

function accepted({ input, to, by, type }: CheckedMessage, id: string) {
  return {
    messaging_product: 'whatsapp',
    contacts: [by === 'number' ? { input, wa_id: to } : { input, user_id: to }],
    messages: [{ id, ...(type === 'template' && { message_status: 'accepted' }) }] as const,
  };
}

function refuse(
  simulation: Simulation,
  request: SendRequest,
  reason: GraphRefusal,
  message?: CheckedMessage,
): SendAnswer {
  const to = message?.to ?? wantedRecipient(request.body);
  record(simulation, request, {
    id: makeWamid('out', to),
    to,
    with: message ? addressIn(simulation, message) : to,
    accepted: false,
    answer: { status: reason.status, body: reason.body },
  });
  const line = {
    kind: 'send',
    summary: message ? summaryOf(message) : `message to ${to || 'nobody'}`,
    outcome: `refused ${reason.body.error.code}`,
  } as const;
  return { answer: reason, afterMs: simulation.behaviour().answerAfterMs, cut: undefined, line };
}

function record(
  { ledger, clock, changes }: Simulation,
  { phoneNumberId, raw }: SendRequest,
  what: Pick<Send, 'id' | 'to' | 'with' | 'accepted' | 'answer'>,
): Send {
  const send: Send = {
    direction: 'out',
    phoneNumberId,
    at: clock.now(),
    request: raw,
    status: what.accepted ? 'accepted' : 'refused',
    heard: {},
    ...what,
  };
  ledger.add(send);
  changes.noteChat(phoneNumberId, send.with);
  return send;
}

function wantedRecipient(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { to, recipient } = body as { to?: unknown; recipient?: unknown };
  return asText(to ?? recipient ?? '')
    .replace(/^\+/, '')
    .slice(0, 200);
}

function summaryOf({ type, to, by }: CheckedMessage): string {
  return `${type} to ${by === 'number' ? '+' : ''}${to}`;
}
