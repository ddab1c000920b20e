import { QueryClient, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type { Sample } from './samples.ts';
import {
  type Behaviour,
  behaviour,
  bubble,
  businessNumber,
  clock,
  exchange,
  type Person,
  person,
  type Reply,
  refused,
  written,
} from './sim-shapes.ts';

/** A person on one of the business's numbers. */
export type Chat = { phoneNumberId: string; person: Person };

export const numbersQuery = queryOptions({
  queryKey: ['numbers'],
  queryFn: async () => (await ask(z.object({ numbers: z.array(businessNumber) }), 'GET', 'numbers')).numbers,
});

export const peopleQuery = (phoneNumberId: string) =>
  queryOptions({
    queryKey: ['people', phoneNumberId],
    queryFn: async () =>
      (await ask(z.object({ people: z.array(person) }), 'GET', `people?phone_number_id=${phoneNumberId}`))
        .people,
  });

export const chatQuery = ({ phoneNumberId, person: { address } }: Chat) =>
  queryOptions({
    queryKey: ['chat', phoneNumberId, address],
    queryFn: async () => {
      const path = `chat?phone_number_id=${phoneNumberId}&with=${encodeURIComponent(address)}`;
      return (await ask(z.object({ messages: z.array(bubble) }), 'GET', path)).messages;
    },
  });

export const behaviourQuery = queryOptions({
  queryKey: ['behaviour'],
  queryFn: () => ask(behaviour, 'GET', 'behaviour'),
});

export const clockQuery = queryOptions({ queryKey: ['clock'], queryFn: () => ask(clock, 'GET', 'clock') });

export const wireQuery = queryOptions({
  queryKey: ['wire'],
  queryFn: async () => (await ask(z.object({ events: z.array(exchange) }), 'GET', 'wire')).events,
});

/** What a person can send: words, a tap on a button or a row, or one of the samples. */
export type Writing =
  | { text: string }
  | { button_reply: Reply; context: string }
  | { list_reply: Reply; context: string }
  | (Sample & { context?: string });

export function write(chat: Chat, writing: Writing) {
  return ask(written, 'POST', 'inbound', { ...addressed(chat), ...writing });
}

export function openChat(chat: Chat) {
  return ask(z.object({ read: z.number() }), 'POST', 'read', addressed(chat));
}

/** One of `waId` and `userId` must be there. */
export type NewPerson = { name: string; waId?: string; userId?: string; username?: string };

export function addPerson(news: NewPerson) {
  return ask(person, 'POST', 'people', news);
}

export function changeBehaviour(knobs: Partial<Behaviour>) {
  return ask(behaviour, 'PUT', 'behaviour', knobs);
}

export function moveAhead(seconds: number) {
  return ask(clock, 'POST', 'clock', { advanceSeconds: seconds });
}

export function clearWire() {
  return ask(z.object({ ok: z.boolean() }), 'POST', 'wire/clear');
}

/** The simulator tells what has changed, so that nothing grows stale by time. */
export function makeSimClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: 1, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}

function addressed({ phoneNumberId, person: { waId, userId } }: Chat) {
  return { phone_number_id: phoneNumberId, ...(waId ? { from: waId } : { from_user_id: userId }) };
}

/** On a dead line one would wait for ever. Milliseconds. */
const answerWithin = { GET: 4_000, POST: 15_000, PUT: 15_000 };

async function ask<T>(
  shape: z.ZodType<T>,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`/_sim/${path}`, {
    method,
    signal: AbortSignal.timeout(answerWithin[method]),
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => undefined);
  const answer: unknown = await response?.json().catch(() => undefined);
  if (response?.ok) return shape.parse(answer);
  const no = refused.safeParse(answer);
  throw new Error(no.success ? no.data.error : 'The simulated Meta does not answer.');
}
