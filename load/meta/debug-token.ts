import { badToken, graphError, invalidParameter, missingToken } from './graph-errors.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import type { Simulation } from './simulation.ts';

const unreadable = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
const over = { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' };

/**
 * `GET /debug_token?input_token=…`, asked with `APPID|APPSECRET` or with a token. Proves an app secret too. An app sees
 * its own tokens alone.
 */
export function debugToken({ directory, standings }: Simulation, call: GraphCall): GraphAnswer {
  const inspected = call.query.get('input_token');
  if (!call.token) return missingToken();
  if (!inspected) return invalidParameter('The parameter input_token is required.');
  const [askerId = '', secret] = call.token.split('|');
  if (secret === undefined) {
    if (!directory.isToken(call.token)) return badToken();
  } else {
    const asker = directory.app(askerId);
    if (!asker) return graphError(400, 101, 'Error validating application. Cannot get application info.');
    if (asker.secret !== secret) return graphError(401, 190, 'Invalid OAuth access token signature.');
  }

  const targets = directory.openedBy(inspected);
  const standing = standings.token(inspected);
  const app = directory.app(standing.appId ?? directory.numbersOf(targets[0] ?? '')[0]?.appId ?? '');
  if (!app) return { status: 200, body: { data: { error: unreadable, is_valid: false, scopes: [] } } };
  if (secret !== undefined && app.appId !== askerId)
    return invalidParameter('The App_id in the input_token did not match the Viewing App');
  const data = {
    app_id: app.appId,
    type: standing.type,
    application: app.name,
    data_access_expires_at: 0,
    expires_at: standing.expiresAt,
    is_valid: !standing.expired,
    ...(standing.expired && { error: over }),
    issued_at: 1712099387,
    scopes: standing.scopes,
    granular_scopes: standing.scopes.map((scope) => ({ scope, target_ids: targets })),
    user_id: '122094364478060231',
  };
  return { status: 200, body: { data } };
}
