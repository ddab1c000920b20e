import type { Actor } from '#server/audit/record-audit.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { env } from '#server/env.ts';
import { Refusal } from '#server/refusal.ts';
import type { CheckResult, Facts } from './check.ts';
import type { Draft } from './draft.ts';
import { keepResults } from './keep-results.ts';
import { platformApp } from './platform-app.ts';
import { type Access, runChecks } from './run-checks.ts';

/** The end of a run: whether the draft is a channel now, and why not where everything passed and it cannot be one. */
export type CheckEnd = { connected: boolean; refused: string | null };

/**
 * Runs the checks of a draft, each told as it is known. Once those that matter have passed it becomes a channel, in one
 * transaction; until then it stays a draft. A number that another tenant has is refused in the last piece.
 */
export async function* checkDraft(
  tenantId: string,
  draft: Draft,
  actor: Actor,
): AsyncGenerator<CheckResult | CheckEnd, void> {
  const results: CheckResult[] = [];
  const facts: Partial<Facts> = {};
  for await (const result of runChecks(accessOf(tenantId, draft), { change: true })) {
    Object.assign(facts, result.facts);
    results.push(result);
    yield result;
  }
  try {
    yield { connected: await keepResults(tenantId, draft, results, facts, actor), refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { connected: false, refused: error.message };
  }
}

function accessOf(tenantId: string, draft: Draft): Access {
  const { app } = draft;
  return {
    ...{ phoneNumberId: draft.phoneNumberId, wabaId: draft.wabaId },
    ...{ accessToken: draft.accessToken, pin: draft.pin },
    app: app ?? platformApp(),
    callback: app && { url: callbackUrl(draft.key), verifyToken: app.verifyToken },
    wasShaken: async (since) => {
      const row = await withTenant(tenantId, ({ db }) =>
        db.channelDraft.findFirst({ where: { tenantId, id: draft.id }, select: { shakenAt: true } }),
      );
      return row?.shakenAt != null && row.shakenAt >= since;
    },
  };
}

/** Where Meta sends the messages of a channel with an app of its own. */
export const callbackUrl = (key: string) => `${env().APP_URL}/api/webhooks/whatsapp/${key}`;
