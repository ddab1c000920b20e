import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, list, text } from '#server/whatsapp/json.ts';
import { numbersOwn } from './judge-callback.ts';
import { isOfAnotherApp } from './judge-token.ts';
import { type HealthState, type Problem, problems } from './problems.ts';
import { passing } from './refused.ts';
import { scopes } from './remedies.ts';

/** What Meta answered, and what was turned away since the last rightly signed webhook. */
export type Findings = {
  /** debug_token as the app (`APPID|APPSECRET`), null where the app's id is not known. */
  byApp: GraphReply | null;
  /** debug_token with the token itself. */
  bySelf: GraphReply;
  number: GraphReply;
  subscriptions: GraphReply;
  appId: string | null;
  /** Where the channel's messages are to come; null: to the address of the platform's app. */
  callback: string | null;
  rejected: 'signature' | 'handshake' | null;
};

export type Health = {
  state: Exclude<HealthState, 'unknown'>;
  problem: Problem | null;
  /** Meta's own words, where it had some. */
  details: string | null;
  facts: {
    numberStatus: string | null;
    quality: string | null;
    messagingLimit: string | null;
    canSend: string | null;
    tokenExpiresAt: Date | null;
  };
};

/** A token that ends sooner is worth a word. Milliseconds. */
const soon = 7 * 24 * 3_600_000;

/** The worst thing that is wrong with a channel, if anything is. */
export function judgeHealth(found: Findings, now: Date): Health {
  const facts = factsOf(found);
  const troubles = troublesOf(found, facts, now);
  const order = Object.keys(problems);
  const [worst] = troubles.toSorted((a, b) => order.indexOf(a.problem) - order.indexOf(b.problem));
  if (!worst) return { state: 'well', problem: null, details: null, facts };
  return { ...worst, state: problems[worst.problem].state, facts };
}

type Trouble = { problem: Problem; details: string | null };
const trouble = (problem: Problem, details: string | null = null): Trouble => ({ problem, details });

function troublesOf(found: Findings, facts: Health['facts'], now: Date): Trouble[] {
  const { number, subscriptions, rejected } = found;
  if (number.kind === 'unreachable') return [trouble('unreachable', number.why)];
  const secretState = ofSecret(found.byApp);
  return [
    ...ofToken(found, now),
    ...(number.kind === 'refused' ? ofRefusal(number) : ofNumber(facts, number.body)),
    ...(secretState === 'wrong' ? [trouble('secret-wrong')] : []),
    ...ofSubscriptions(subscriptions, found),
    ...ofNumbersCallback(number, found),
    ...(rejected === 'signature'
      ? [trouble(secretState === 'right' ? 'strange-signatures' : 'signatures-wrong')]
      : []),
    ...(rejected === 'handshake' ? [trouble('verify-token-wrong')] : []),
  ];
}

/** debug_token, asked as an app, is answered only with the right secret. */
function ofSecret(byApp: GraphReply | null): 'right' | 'wrong' | 'unknown' {
  if (byApp?.kind === 'answer') return 'right';
  if (byApp?.kind !== 'refused') return 'unknown';
  const { code } = byApp.refusal;
  if (code === 101 || code === 190 || code === 102) return 'wrong';
  return isOfAnotherApp(byApp) ? 'right' : 'unknown';
}

const tokenData = ({ byApp, bySelf }: Findings): Record<string, unknown> | undefined => {
  for (const reply of [byApp, bySelf])
    if (reply?.kind === 'answer' && isObject(reply.body['data'])) return reply.body['data'];
  return undefined;
};

function ofToken(found: Findings, now: Date): Trouble[] {
  const data = tokenData(found);
  if (!data) return found.bySelf.kind === 'refused' ? ofRefusal(found.bySelf) : [];
  const expires = expiryOf(data);
  if (data['is_valid'] === false) {
    const error = isObject(data['error']) ? data['error'] : {};
    const isOver = error['subcode'] === 463 || (expires !== null && expires <= now);
    return [trouble(isOver ? 'token-expired' : 'token-wrong', text(error['message']))];
  }
  const lacking = scopes.filter((scope) => !list(data['scopes']).includes(scope));
  return [
    ...(lacking.length > 0 ? [trouble('permission-missing', `Missing: ${lacking.join(', ')}`)] : []),
    ...(expires && expires.getTime() - now.getTime() < soon ? [trouble('token-expires')] : []),
  ];
}

function ofRefusal({ refusal }: Extract<GraphReply, { kind: 'refused' }>): Trouble[] {
  const { code, subcode, message } = refusal;
  if (code === 190) return [trouble(subcode === 463 ? 'token-expired' : 'token-wrong', message)];
  if (code === 102 || code === 104) return [trouble('token-wrong', message)];
  if (code === 3 || code === 10 || (code !== null && code >= 200 && code < 300))
    return [trouble('permission-missing', message)];
  if (code === 100) return [trouble('no-access', message)];
  return [trouble('unreachable', code !== null && passing.has(code) ? null : message)];
}

function ofNumber(
  { numberStatus, quality, canSend }: Health['facts'],
  body: Record<string, unknown>,
): Trouble[] {
  const words = healthWords(body);
  return [
    ...(numberStatus === 'BANNED' || numberStatus === 'RESTRICTED' ? [trouble('number-blocked')] : []),
    ...(numberStatus !== null && ['PENDING', 'DISCONNECTED', 'UNVERIFIED', 'OFFLINE'].includes(numberStatus)
      ? [trouble('number-down', `Its status is ${numberStatus.toLowerCase()}.`)]
      : []),
    ...(canSend === 'BLOCKED' ? [trouble('sending-blocked', words)] : []),
    ...(canSend === 'LIMITED' ? [trouble('sending-limited', words)] : []),
    ...(quality === 'RED' || numberStatus === 'FLAGGED' ? [trouble('quality-low')] : []),
  ];
}

function ofSubscriptions(reply: GraphReply, { appId, callback }: Findings): Trouble[] {
  if (reply.kind !== 'answer') return [];
  const apps = list(reply.body['data'])
    .filter(isObject)
    .map(({ whatsapp_business_api_data: app, override_callback_uri: override }) => ({
      id: isObject(app) ? text(app['id']) : null,
      override: text(override),
    }));
  const mine = appId === null ? apps : apps.filter(({ id }) => id === appId);
  if (mine.length === 0) return [trouble('not-subscribed')];
  // Without one the app's own address counts, which may be entered at Meta by hand.
  const isHere = mine.some(({ override }) => override === null || override === callback);
  return isHere ? [] : [trouble('account-elsewhere', `They go to ${mine[0]?.override}.`)];
}

function ofNumbersCallback(number: GraphReply, { callback }: Findings): Trouble[] {
  const own = number.kind === 'answer' ? numbersOwn(number.body) : null;
  return own === null || own === callback ? [] : [trouble('number-elsewhere', `They go to ${own}.`)];
}

function factsOf(found: Findings): Health['facts'] {
  const body = found.number.kind === 'answer' ? found.number.body : {};
  const health = isObject(body['health_status']) ? body['health_status'] : {};
  const data = tokenData(found);
  return {
    numberStatus: text(body['status']),
    quality: text(body['quality_rating']),
    messagingLimit: text(body['whatsapp_business_manager_messaging_limit']),
    canSend: text(health['can_send_message']),
    tokenExpiresAt: data ? expiryOf(data) : null,
  };
}

/** Unix seconds; 0 is never. */
function expiryOf(data: Record<string, unknown>): Date | null {
  const seconds = Number(data['expires_at']);
  return Number.isFinite(seconds) && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000) : null;
}

/** What Meta says is wrong, and its own solution. */
function healthWords(body: Record<string, unknown>): string | null {
  const health = isObject(body['health_status']) ? body['health_status'] : {};
  const errors = list(health['entities'])
    .filter(isObject)
    .flatMap((entity) => list(entity['errors']))
    .filter(isObject);
  const words = errors.flatMap((error) => [
    text(error['error_description']) ?? '',
    text(error['possible_solution']) ?? '',
  ]);
  return [...new Set(words)].join(' ').trim().slice(0, 500) || null;
}
