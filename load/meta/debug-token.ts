import { badToken, invalidParameter, missingToken } from './graph-errors.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import type { Simulation } from './simulation.ts';

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** `GET /debug_token?input_token=…`, asked with `APPID|APPSECRET` or with a token. Proves an app secret too. */
export function debugToken({ directory }: Simulation, call: GraphCall): GraphAnswer {
  const inspected = call.query.get('input_token');
  if (!call.token) return missingToken();
  if (!inspected) return invalidParameter('The parameter input_token is required.');
  const [appId = '', secret] = call.token.split('|');
  const asker = directory.app(appId);
  const proven = secret === undefined ? directory.isToken(call.token) : asker?.secret === secret;
  if (!proven) return badToken();

  const owned = directory.numbers().filter((number) => number.token === inspected);
  const app = directory.app(owned[0]?.appId ?? '');
  if (!app) {
    const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
    return { status: 200, body: { data: { error, is_valid: false, scopes: [] } } };
  }
  const targets = [...new Set(owned.map(({ wabaId }) => wabaId))];
  const data = {
    app_id: app.appId,
    type: 'SYSTEM_USER',
    application: app.name,
    data_access_expires_at: 0,
    expires_at: 0,
    is_valid: true,
    issued_at: 1712099387,
    scopes,
    granular_scopes: scopes.map((scope) => ({ scope, target_ids: targets })),
    user_id: '122094364478060231',
  };
  return { status: 200, body: { data } };
}
