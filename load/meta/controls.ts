import { viewChat } from './chat-view.ts';
import { advance, newApp, newNumber, newPerson, newSignup, newToken, someone } from './control-requests.ts';
import { failureOfNumber } from './fate.ts';
import { freshRequest, makeFreshNumber } from './fresh-number.ts';
import { inboundRequest } from './inbound-schema.ts';
import { openChat, unreadOf } from './open-chat.ts';
import { addressOf } from './people.ts';
import { receiveInbound } from './receive-inbound.ts';
import { newRule } from './rules.ts';
import type { Simulation } from './simulation.ts';
import { newStanding } from './standings.ts';
import type { MetaPerson } from './world.ts';
import { platformApp } from './world.ts';

/** What a control answers; a plain object is a 200. */
type Answer = { readonly status: number; readonly body: unknown };
export type Control = (
  simulation: Simulation,
  query: URLSearchParams,
  body: unknown,
) => Answer | Promise<Answer>;

const ok = (body: unknown): Answer => ({ status: 200, body });
const no = (sentence: string, status = 400): Answer => ({ status, body: { error: sentence } });

/** The controls that answer JSON, by method and path below `/_sim`. README.md shows each with an example. */
export const controls: Readonly<Record<string, Control>> = {
  'GET /health': ({ queue, statuses, clock }) =>
    ok({
      ok: true,
      now: new Date(clock.now()).toISOString(),
      pending: { webhooks: queue.pending(), statuses: statuses.pending() },
    }),

  'POST /inbound': async (simulation, _query, body) => {
    const request = inboundRequest.parse(body);
    const number = simulation.directory.number(request.phone_number_id);
    if (!number) return no(`There is no number ${request.phone_number_id}.`);
    const { id, attempt } = await receiveInbound(simulation, number, request);
    return ok({
      id,
      delivered: { status: attempt?.status ?? null, ...(attempt?.error && { error: attempt.error }) },
    });
  },

  'POST /read': (simulation, _query, body) => {
    const who = someone.parse(body);
    return ok({ read: openChat(simulation, who.phone_number_id, who.from ?? who.from_user_id ?? '') });
  },

  'GET /chat': (simulation, query) => {
    const number = simulation.directory.number(query.get('phone_number_id') ?? '');
    const who = (query.get('with') ?? '').replace(/^[+ ]/, '');
    if (!number || who === '') return no('phone_number_id and with must be given.');
    return ok({ messages: viewChat(simulation, number.phoneNumberId, who) });
  },

  'GET /people': (simulation, query) => {
    const phoneNumberId = query.get('phone_number_id');
    return ok({
      people: simulation.people.list(200).map((person) => describePerson(simulation, person, phoneNumberId)),
    });
  },
  'POST /people': (simulation, _query, body) => {
    const { waId, userId, name, username } = newPerson.parse(body);
    const person = simulation.people.put({
      name,
      ...(waId && { waId }),
      ...(userId && { userId }),
      ...(username && { username }),
    });
    simulation.changes.note('people');
    return ok(describePerson(simulation, person, null));
  },

  // Lists go to browsers too: no tokens, no secrets.
  'GET /numbers': ({ directory }) =>
    ok({ numbers: directory.numbers().map(({ token: _, ...number }) => number) }),
  'POST /numbers': ({ directory, changes }, _query, body) => {
    const { businessId, appId, ...number } = newNumber.parse(body);
    const whole = { ...number, businessId: businessId ?? number.wabaId, appId: appId ?? platformApp.appId };
    if (!directory.app(whole.appId)) return no(`There is no app ${whole.appId}.`);
    directory.putNumber(whole);
    changes.note('numbers');
    return ok(whole);
  },
  'POST /numbers/fresh': (simulation, _query, body) => {
    const request = freshRequest.parse(body);
    const made = makeFreshNumber(simulation, request);
    if (!made) return no(`There is no app ${request.appId}.`);
    return ok({ ...made.number, appSecret: made.app.secret });
  },
  'POST /tokens': ({ directory }, _query, body) => {
    const { token, wabaId } = newToken.parse(body);
    if (directory.numbersOf(wabaId).length === 0) return no(`There is no account ${wabaId}.`);
    directory.addToken(token, wabaId);
    return ok({ token, wabaId });
  },
  'POST /standing': ({ standings, changes }, _query, body) => {
    const standing = standings.change(newStanding.parse(body));
    changes.note('numbers');
    return ok(standing);
  },
  // What the sign-up dialog does when a business has gone through it.
  'POST /signup': (simulation, _query, body) => {
    const { appId, verifiedName } = newSignup.parse(body);
    const made = makeFreshNumber(simulation, { appId, verifiedName });
    if (!made) return no(`There is no app ${appId}.`);
    const { phoneNumberId, wabaId, businessId, token } = made.number;
    const code = simulation.signups.issue(token, appId, simulation.clock.now());
    return ok({ code, phone_number_id: phoneNumberId, waba_id: wabaId, business_id: businessId });
  },
  'GET /apps': ({ directory }) =>
    ok({ apps: directory.apps().map(({ secret: _, verifyToken: __, ...app }) => app) }),
  'POST /apps': ({ directory }, _query, body) => {
    const app = newApp.parse(body);
    directory.putApp(app);
    return ok(app);
  },

  'GET /behaviour': ({ behaviour }) => ok(behaviour()),
  'PUT /behaviour': changeBehaviour,
  'POST /behaviour': changeBehaviour,

  'GET /rules': ({ rules }) => ok({ rules: rules.all() }),
  'POST /rules': ({ rules, changes }, _query, body) => {
    const rule = rules.add(newRule.parse(body));
    changes.note('rules');
    return ok(rule);
  },
  'DELETE /rules': ({ rules, changes }, query) => {
    const id = query.get('id');
    if (id === null) rules.clear();
    else if (!rules.remove(Number(id))) return no(`There is no rule ${id}.`, 404);
    changes.note('rules');
    return ok({ rules: rules.all() });
  },

  'GET /clock': ({ clock }) => ok(time(clock)),
  'POST /clock': ({ clock, changes }, _query, body) => {
    const { advanceSeconds } = advance.parse(body);
    clock.advance(advanceSeconds);
    changes.note('behaviour');
    return ok(time(clock));
  },

  'GET /wire': ({ wire }, query) =>
    ok({ newest: wire.newest(), events: wire.after(Number(query.get('after')) || 0) }),
  'POST /wire/clear': ({ wire }) => {
    wire.clear();
    return ok({ ok: true });
  },

  'POST /webhooks/retry': ({ queue }) => {
    queue.retryNow();
    return ok({ pending: queue.pending() });
  },
  'POST /reset': (simulation) => {
    simulation.reset();
    return ok({ ok: true });
  },
};

function changeBehaviour(simulation: Simulation, _query: URLSearchParams, body: unknown): Answer {
  simulation.change(body);
  return ok(simulation.behaviour());
}

function time(clock: Simulation['clock']) {
  return { now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetSeconds() };
}

function describePerson(simulation: Simulation, person: MetaPerson, phoneNumberId: string | null) {
  const failsWith = failureOfNumber(person.waId);
  return {
    ...person,
    address: addressOf(person),
    ...(failsWith !== undefined && { failsWith }),
    ...(phoneNumberId !== null && {
      unread: unreadOf(simulation, phoneNumberId, addressOf(person)).length,
    }),
  };
}
