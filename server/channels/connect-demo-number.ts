import { request } from 'undici';
import { z } from 'zod';
import type { Actor } from '#server/audit/record-audit.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { simulatedMeta } from '#server/simulated-meta.ts';
import { checkDraft } from './check-draft.ts';
import { readDraft } from './draft.ts';
import { startDraft } from './start-draft.ts';

const freshNumber = z.object({
  phoneNumberId: z.string(),
  wabaId: z.string(),
  appId: z.string(),
  appSecret: z.string(),
  token: z.string(),
});

/**
 * Gets a number of its own from the simulated Meta and connects it by the same way as one by hand. Returns the id of
 * the channel, or of the draft where a check did not pass. Refuses where no simulated Meta is in use.
 */
export async function connectDemoNumber(
  tenantId: string,
  business: string,
  actor: Actor,
): Promise<{ id: string; connected: boolean }> {
  const number = await askForNumber(business);
  const draft = await withTenant(tenantId, async (tx) => {
    const id = await startDraft(tx, {
      ...{ phoneNumberId: number.phoneNumberId, wabaId: number.wabaId, accessToken: number.token },
      app: { id: number.appId, secret: number.appSecret },
      // Nobody has to know it: it is a number that rings nowhere.
      pin: '000000',
    });
    return readDraft(tx, id);
  });
  let connected = false;
  for await (const news of checkDraft(tenantId, draft, actor))
    if ('connected' in news) connected = news.connected;
  return { id: draft.id, connected };
}

async function askForNumber(business: string) {
  const meta = simulatedMeta();
  if (!meta)
    throw new Refusal(
      'precondition',
      'no-simulated-meta',
      'Demo numbers exist in the demo only. Connect a number of your own.',
    );
  try {
    const answer = await request(`${meta}/_sim/numbers/fresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verifiedName: business.slice(0, 100) }),
      signal: AbortSignal.timeout(10_000),
    });
    return freshNumber.parse(await answer.body.json());
  } catch {
    throw new Refusal(
      'precondition',
      'meta-unreachable',
      'The simulated Meta did not answer, so nothing was connected. Try again in a minute.',
    );
  }
}
