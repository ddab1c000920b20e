import { callGraph, type GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, list, text } from '#server/whatsapp/json.ts';
import {
  type CheckName,
  type CheckResult,
  checks,
  type Facts,
  isGood,
  needs,
  titles,
  type Verdict,
} from './check.ts';
import { judgeAccount } from './judge-account.ts';
import { judgeCallback } from './judge-callback.ts';
import { judgeMembership } from './judge-membership.ts';
import { judgeRegistration } from './judge-registration.ts';
import { judgeSecret } from './judge-secret.ts';
import { judgeSending } from './judge-sending.ts';
import { judgeTemplates } from './judge-templates.ts';
import { judgeToken } from './judge-token.ts';

/** What a number is checked with, secrets in the clear. */
export type Access = {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  app: { id: string; secret: string };
  /** To register a number that is not; null: none is known. */
  pin: string | null;
  /** Where Meta shall send this number's messages; null: the app's own callback, which is the platform's. */
  callback: { url: string; verifyToken: string } | null;
  /** Whether Meta's question for the callback has come here since then. */
  wasShaken: (since: Date) => Promise<boolean>;
};

type Options = {
  /** Registers and subscribes what is not; without it everything is only looked at. */
  change: boolean;
};

const numberFields = [
  ...['id', 'display_phone_number', 'verified_name', 'quality_rating', 'status', 'code_verification_status'],
  ...['name_status', 'platform_type', 'account_mode', 'throughput', 'is_on_biz_app', 'health_status'],
  ...['whatsapp_business_manager_messaging_limit', 'webhook_configuration'],
].join();
const accountFields = 'id,name,account_review_status,business_verification_status,owner_business_info';

type Timed = { reply: GraphReply; ms: number };
type Found = { verdict: Verdict; ms: number; facts?: Partial<Facts> };

/**
 * The checks that Meta alone can answer, each as soon as it is known: what does not depend on another runs beside it.
 * One whose needs have not passed waits. Never throws for what Meta does; ends when all are known.
 */
export async function* runChecks(
  access: Access,
  { change }: Options = { change: false },
): AsyncGenerator<CheckResult, void> {
  const { phoneNumberId, wabaId, accessToken: token, app } = access;
  const debugAs = (asker: string) =>
    timed(callGraph(`debug_token?input_token=${encodeURIComponent(token)}`, { token: asker }));
  const readNumber = () => timed(callGraph(`${phoneNumberId}?fields=${numberFields}`, { token }));

  const byApp = debugAs(`${app.id}|${app.secret}`);
  const number = readNumber();
  const numbers = timed(readNumbers(wabaId, token));
  const account = timed(callGraph(`${wabaId}?fields=${accountFields}`, { token }));
  const templates = timed(callGraph(`${wabaId}/message_templates?limit=1`, { token }));
  // The number as it is once it has been registered, if it had to be.
  let registered = number;

  const work: Record<CheckName, () => Promise<Found>> = {
    token: async () => {
      const asApp = await byApp;
      const asSelf = asApp.reply.kind === 'refused' ? await debugAs(token) : null;
      const wanted = { appId: app.id, wabaId };
      return {
        verdict: judgeToken(asApp.reply, asSelf?.reply ?? null, wanted, new Date()),
        ms: asApp.ms + (asSelf?.ms ?? 0),
      };
    },
    secret: async () => {
      const { reply, ms } = await byApp;
      return { verdict: judgeSecret(reply, app.id), ms };
    },
    membership: async () => {
      const [one, all] = [await number, await numbers];
      return {
        verdict: judgeMembership(one.reply, all.reply, { phoneNumberId, wabaId }),
        ms: Math.max(one.ms, all.ms),
        facts: factsOfNumber(one.reply),
      };
    },
    account: async () => {
      const { reply, ms } = await account;
      return { verdict: judgeAccount(reply), ms, facts: factsOfAccount(reply, wabaId) };
    },
    registration: async () => {
      const before = await number;
      const isToRegister = change && access.pin !== null && isUnregistered(before.reply);
      if (!isToRegister) return { verdict: judgeRegistration(before.reply, null), ms: before.ms };
      const body = { messaging_product: 'whatsapp', pin: access.pin };
      const register = await timed(callGraph(`${phoneNumberId}/register`, { method: 'POST', token, body }));
      registered = readNumber();
      const after = await registered;
      return { verdict: judgeRegistration(after.reply, register.reply), ms: register.ms + after.ms };
    },
    callback: () => checkCallback(access, change, registered),
    templates: async () => {
      const { reply, ms } = await templates;
      return { verdict: judgeTemplates(reply), ms };
    },
    sending: async () => {
      const { reply, ms } = await registered;
      return { verdict: judgeSending(reply), ms };
    },
  };

  // In the order in which they are listed, so that what a check needs is there before it.
  const results = new Map<CheckName, Promise<CheckResult>>();
  for (const check of checks) results.set(check, once(check, work[check], results));
  yield* asTheyFinish([...results.values()]);
}

async function once(
  check: CheckName,
  find: () => Promise<Found>,
  results: ReadonlyMap<CheckName, Promise<CheckResult>>,
): Promise<CheckResult> {
  const before = await Promise.all(needs[check].flatMap((name) => results.get(name) ?? []));
  const missing = before.find((result) => !isGood(result));
  if (missing) {
    const detail = `Waits for: ${titles[missing.check]}`;
    return { check, state: 'waiting', title: titles[check], detail, steps: [], mend: null, ms: 0 };
  }
  const { verdict, ms, facts } = await find();
  return { check, ...verdict, ms: Math.round(ms), ...(facts && { facts }) };
}

async function checkCallback(access: Access, change: boolean, number: Promise<Timed>): Promise<Found> {
  const { wabaId, accessToken: token, app, callback, wasShaken } = access;
  const path = `${wabaId}/subscribed_apps`;
  // A clock's tick earlier: the database keeps milliseconds.
  const began = new Date(Date.now() - 1);
  const body = callback
    ? { override_callback_uri: callback.url, verify_token: callback.verifyToken }
    : undefined;
  const subscribe = change
    ? await timed(callGraph(path, { method: 'POST', token, ...(body && { body }) }))
    : null;
  const subscriptions = await timed(callGraph(path, { token }));
  const shaken = callback !== null && (await wasShaken(began));
  const verdict = judgeCallback(
    {
      subscribe: subscribe?.reply ?? null,
      subscriptions: subscriptions.reply,
      number: (await number).reply,
    },
    app.id,
    callback && { url: callback.url, shaken },
  );
  return { verdict, ms: (subscribe?.ms ?? 0) + subscriptions.ms };
}

/** All numbers of an account, as one answer: Meta hands them out by pages. */
async function readNumbers(wabaId: string, token: string): Promise<GraphReply> {
  const found: unknown[] = [];
  let after = '';
  for (let page = 0; page < 20; page += 1) {
    const path = `${wabaId}/phone_numbers?fields=id,display_phone_number,verified_name&limit=100${after}`;
    const reply = await callGraph(path, { token });
    if (reply.kind !== 'answer') return reply;
    found.push(...list(reply.body['data']));
    const paging = isObject(reply.body['paging']) ? reply.body['paging'] : {};
    const cursors = isObject(paging['cursors']) ? paging['cursors'] : {};
    const cursor = text(cursors['after']);
    if (text(paging['next']) === null || cursor === null) break;
    after = `&after=${encodeURIComponent(cursor)}`;
  }
  return { kind: 'answer', body: { data: found } };
}

function isUnregistered(reply: GraphReply): boolean {
  if (reply.kind !== 'answer') return false;
  return !['CONNECTED', 'FLAGGED', 'BANNED', 'RESTRICTED'].includes(text(reply.body['status']) ?? '');
}

function factsOfNumber(reply: GraphReply): Partial<Facts> {
  if (reply.kind !== 'answer') return {};
  return {
    displayPhoneNumber: (text(reply.body['display_phone_number']) ?? '').replaceAll(/\D/g, ''),
    verifiedName: text(reply.body['verified_name']) ?? '',
  };
}

/** The portfolio that owns the account; an account that does not say is taken for one of its own. */
function factsOfAccount(reply: GraphReply, wabaId: string): Partial<Facts> {
  if (reply.kind !== 'answer') return {};
  const owner = isObject(reply.body['owner_business_info']) ? reply.body['owner_business_info'] : {};
  return { portfolioId: text(owner['id']) ?? wabaId };
}

async function timed(call: Promise<GraphReply>): Promise<Timed> {
  const began = performance.now();
  const reply = await call;
  return { reply, ms: performance.now() - began };
}

async function* asTheyFinish<T>(promises: Promise<T>[]): AsyncGenerator<T, void> {
  const left = new Map(
    promises.map((promise, index) => [index, promise.then((value) => ({ index, value }))]),
  );
  while (left.size > 0) {
    const { index, value } = await Promise.race(left.values());
    left.delete(index);
    yield value;
  }
}
