import type { z } from 'zod';
import { type GraphRefusal, invalidParameter, refusal } from './graph-errors.ts';
import { bodies, envelope, isMessageType, type MessageType } from './message-schema.ts';
import { asText } from './message-text.ts';

/** A request to `/{phone}/messages` that Meta would take. */
export type CheckedMessage = {
  readonly kind: 'message';
  readonly type: MessageType;
  /** As it was written, for the answer's `input`. */
  readonly input: string;
  /** Digits, or the business-scoped id. */
  readonly to: string;
  readonly by: 'number' | 'user-id' | 'user-id-as-number';
  readonly callbackData: string | undefined;
  readonly template: string | undefined;
};

/** Mark as read, perhaps with the typing indicator. */
type ReadReceipt = { readonly kind: 'read'; readonly messageId: string };

type Verdict = CheckedMessage | ReadReceipt | { readonly kind: 'refused'; readonly refusal: GraphRefusal };

type Fields = Readonly<Record<string, unknown>>;

const userIdShape = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Reads the JSON body of `POST /{phone}/messages` as strictly as Meta does. `undefined`: it was no JSON. */
export function checkMessage(body: unknown): Verdict {
  if (!isFields(body) || body['messaging_product'] === undefined) {
    return refused(invalidParameter('The parameter messaging_product is required.'));
  }
  if (body['messaging_product'] !== 'whatsapp') {
    return refused(invalidParameter('Param messaging_product must be one of {WHATSAPP}'));
  }
  if (body['status'] !== undefined) return checkReceipt(body);

  const address = checkAddress(body);
  if ('refusal' in address) return address;

  const type = body['type'] ?? 'text';
  if (!isMessageType(type)) {
    const known = Object.keys(bodies).join(', ').toUpperCase();
    return refused(invalidParameter(`Param type must be one of {${known}} - got "${asText(type)}".`));
  }
  if (body[type] === undefined) {
    return refused(refusal(131008, `Parameter '${type}' is mandatory for type '${type}'`));
  }
  if (type === 'text' && isFields(body['text']) && body['text']['body'] === '') {
    return refused(invalidParameter("The parameter text['body'] is required."));
  }
  const carried = envelope.safeParse(body);
  if (!carried.success) return refused(explain(carried.error, body, type));
  const content = bodies[type].safeParse(body[type]);
  if (!content.success) return refused(explain(content.error, body[type], type, type));

  return {
    kind: 'message',
    type,
    ...address,
    callbackData: carried.data.biz_opaque_callback_data,
    template: type === 'template' ? bodies.template.parse(body['template']).name : undefined,
  };
}

function checkReceipt(body: Fields): Verdict {
  if (body['status'] !== 'read') return refused(invalidParameter('Param status must be one of {READ}'));
  const messageId = body['message_id'];
  if (typeof messageId !== 'string' || messageId === '') {
    return refused(invalidParameter('The parameter message_id is required.'));
  }
  const typing = body['typing_indicator'];
  if (typing !== undefined && !(isFields(typing) && typing['type'] === 'text')) {
    return refused(invalidParameter("Param typing_indicator['type'] must be one of {TEXT}"));
  }
  return { kind: 'read', messageId };
}

/** `to` wins over `recipient`. A business-scoped id in `to` is taken and never arrives, as at Meta. */
function checkAddress(body: Fields) {
  const { to, recipient } = body as { to?: unknown; recipient?: unknown };
  if (to !== undefined && to !== null) {
    const input = asText(to);
    if (userIdShape.test(input)) return { input, to: input, by: 'user-id-as-number' as const };
    const digits = input.replace(/[\s()+.-]/g, '');
    if (/^[1-9]\d{5,14}$/.test(digits)) return { input, to: digits, by: 'number' as const };
    return refused(refusal(131009, `Invalid recipient '${input}'`));
  }
  if (recipient === undefined) return refused(invalidParameter('The parameter to is required.'));
  if (typeof recipient === 'string' && userIdShape.test(recipient)) {
    return { input: recipient, to: recipient, by: 'user-id' as const };
  }
  return refused(refusal(131009, `Invalid recipient '${asText(recipient)}'`));
}

/** Meta's words for the first thing that is wrong. */
function explain(error: z.ZodError, value: unknown, type: string, root?: string): GraphRefusal {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map(String);
  const name = root === undefined ? path.join('.') : [root, ...path.map((step) => `['${step}']`)].join('');
  if (issue?.code === 'unrecognized_keys') {
    return refusal(100, `Unexpected key "${issue.keys[0]}" on param "${name}".`);
  }
  if (valueAt(value, path) === undefined) {
    return refusal(131008, `Parameter '${name}' is mandatory for type '${type}'`);
  }
  const sentence = issue?.message ?? 'Invalid';
  if (issue?.code === 'custom' && sentence.startsWith('Param ')) return invalidParameter(sentence);
  return refusal(131009, issue?.code === 'custom' ? sentence : `${name}: ${sentence}`);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, step) => (isFields(inside) ? inside[step] : undefined), value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function refused(reason: GraphRefusal) {
  return { kind: 'refused', refusal: reason } as const;
}
