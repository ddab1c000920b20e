import { randomInt } from 'node:crypto';
import { withTenant } from '#server/db/with-tenant.ts';
import { env } from '#server/env.ts';
import { Refusal } from '#server/refusal.ts';
import { callGraph } from '#server/whatsapp/graph-call.ts';
import { text } from '#server/whatsapp/json.ts';
import { platformApp } from './platform-app.ts';
import { startDraft } from './start-draft.ts';

/** What Meta's dialog gave to the browser. The code lives 30 seconds. */
export type SignedUp = { code: string; phoneNumberId: string; wabaId: string };

/**
 * The server's part of the sign-up dialog: exchanges the code for the business's token before anything else, and begins
 * a draft on the platform's app; subscribing and registering are the checks'. Returns the draft's id.
 */
export async function startFromSignUp(tenantId: string, signedUp: SignedUp): Promise<string> {
  const { code, phoneNumberId, wabaId } = signedUp;
  const accessToken = await exchange(code);
  return withTenant(tenantId, (tx) =>
    startDraft(tx, {
      ...{ phoneNumberId, wabaId, accessToken, app: null },
      // Where the number has none yet this becomes its PIN; one that has asks for its own.
      pin: String(randomInt(1_000_000)).padStart(6, '0'),
    }),
  );
}

async function exchange(code: string): Promise<string> {
  const app = platformApp();
  const query = new URLSearchParams({ client_id: app.id, client_secret: app.secret, code });
  const reply = await callGraph(`oauth/access_token?${query}`, { token: '' });
  const token = reply.kind === 'answer' ? text(reply.body['access_token']) : null;
  if (token) return token;
  if (reply.kind === 'unreachable')
    throw new Refusal(
      'precondition',
      'meta-unreachable',
      `Meta did not answer (${reply.why}), and the sign-up is only good for 30 seconds. Go through the dialog again.`,
    );
  const { code: number, message } = reply.kind === 'refused' ? reply.refusal : { code: null, message: '' };
  throw new Refusal(
    'precondition',
    'code-refused',
    number === 1 || number === 101
      ? `Meta does not know this installation’s app (${env().META_APP_ID ?? app.id}) by its secret. Tell who runs it.`
      : `Meta did not take the sign-up’s code: ${message} Go through the dialog again.`,
  );
}
