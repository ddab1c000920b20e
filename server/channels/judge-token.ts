import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, list, text } from '#server/whatsapp/json.ts';
import { failed, passed, type Verdict, warning } from './check.ts';
import { judgeNoAnswer, newTokenSteps } from './refused.ts';
import { assignAccount, makeToken, scopes } from './remedies.ts';

const lostWithout = {
  whatsapp_business_management: 'Without it the account, its numbers and templates cannot be read.',
  whatsapp_business_messaging: 'Without it no message can be sent.',
};

type Wanted = { appId: string; wabaId: string };

/** Number 1: `byApp` is debug_token asked as the app, `bySelf` asked with the token itself, where the app was refused. */
export function judgeToken(byApp: GraphReply, bySelf: GraphReply | null, wanted: Wanted, now: Date): Verdict {
  if (isOfAnotherApp(byApp)) return otherApp(wanted.appId);
  const reply = byApp.kind === 'refused' && bySelf ? bySelf : byApp;
  if (reply.kind !== 'answer') return judgeNoAnswer('token', reply);
  const data = isObject(reply.body['data']) ? reply.body['data'] : {};
  if (data['is_valid'] !== true) return invalid(data, now);
  if (String(data['app_id'] ?? '') !== wanted.appId) return otherApp(wanted.appId, text(data['app_id']));

  const granted = list(data['scopes']);
  const missing = scopes.filter((scope) => !granted.includes(scope));
  const [first] = missing;
  if (first)
    return failed(
      'The token lacks a permission',
      `The token lacks the permission ${missing.join(' and ')}. ${lostWithout[first]}`,
      newTokenSteps,
      'token',
    );
  if (!reaches(data, wanted.wabaId))
    return failed(
      'The token does not open this account',
      `The token has its permissions for other WhatsApp Business accounts, not for ${wanted.wabaId}.`,
      [...assignAccount(wanted.wabaId), 'Generate a new token, and paste it here.'],
      'token',
    );
  const expiresAt = Number(data['expires_at'] ?? 0);
  if (expiresAt > 0) return expiring(expiresAt, now);
  const who = data['type'] === 'SYSTEM_USER' ? 'System user' : 'A person’s token';
  if (data['type'] !== 'SYSTEM_USER')
    return warning(
      'The token is valid, but a person’s',
      'It ends when this person changes their password or leaves the business. A system user’s does not.',
      newTokenSteps,
      'token',
    );
  return passed('token', `${who}, app ${wanted.appId}`);
}

/** The secret was right, and the token is not this app's. */
export const isOfAnotherApp = (reply: GraphReply): boolean =>
  reply.kind === 'refused' &&
  reply.refusal.code === 100 &&
  /did not match the viewing app/i.test(reply.refusal.message);

function invalid(data: Record<string, unknown>, now: Date): Verdict {
  const error = isObject(data['error']) ? data['error'] : {};
  const expiresAt = Number(data['expires_at'] ?? 0);
  const isOver = error['subcode'] === 463 || (expiresAt > 0 && expiresAt * 1000 < now.getTime());
  return failed(
    isOver ? 'The token has expired' : 'Meta does not know this token',
    isOver
      ? 'Meta took it once and no longer does. A token with the expiry Never does not end.'
      : 'It was copied incompletely, revoked, or is no access token. One begins with EAA.',
    newTokenSteps,
    'token',
  );
}

const otherApp = (wanted: string, actual: string | null = null): Verdict =>
  failed(
    'The token belongs to another app',
    `It was made for ${actual ? `the app ${actual}` : 'another app'}, and this number is to use the app ${wanted}.`,
    [...makeToken(wanted), ...newTokenSteps.slice(-1)],
    'token',
  );

/** Meta lists accounts by permission; a permission without a list is for all. */
function reaches(data: Record<string, unknown>, wabaId: string): boolean {
  return list(data['granular_scopes'])
    .filter(isObject)
    .filter(({ scope }) => scopes.some((one) => one === scope))
    .every(({ target_ids: ids }) => !Array.isArray(ids) || ids.map(String).includes(wabaId));
}

function expiring(expiresAt: number, now: Date): Verdict {
  const days = Math.max(0, Math.floor((expiresAt * 1000 - now.getTime()) / 86_400_000));
  return warning(
    'The token is valid, but expires',
    `It ends ${days === 0 ? 'within a day' : days === 1 ? 'tomorrow' : `in ${days} days`}, and messages stop with it.`,
    newTokenSteps,
    'token',
  );
}
