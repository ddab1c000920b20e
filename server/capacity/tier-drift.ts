import { type Assumptions, reportAssumptions } from '#load/model/assumptions.ts';
import { defaultTiers, quotaFor } from '#load/model/tiers.ts';

/** What the model computes; what a team needs (members, numbers) follows from no measurement. */
export type ModelQuotas = {
  leads: number;
  activeConversations: number;
  messages: number;
  peakRate: number;
  burst: number;
};
type Kept = { name: string } & { [quota in keyof ModelQuotas]: number | null };

/**
 * What a tier would be by the model: one of the report's three by what was measured, any other by its own leads.
 * Undefined where neither says anything.
 *
 * @param rate what is sold by, messages a second; undefined while nothing was measured
 */
export function modelOf(
  { name, leads }: Pick<Kept, 'name' | 'leads'>,
  rate: number | undefined,
  assumptions: Assumptions = reportAssumptions,
): ModelQuotas | undefined {
  const shape =
    rate === undefined
      ? undefined
      : defaultTiers(rate, assumptions).find((tier) => tier.name.toLowerCase() === name.toLowerCase());
  const quota = shape ?? (leads === null ? undefined : quotaFor(leads, assumptions));
  return (
    quota && {
      leads: quota.leads,
      activeConversations: quota.activePerDay,
      messages: quota.outgoingPerDay,
      peakRate: quota.peakRate,
      burst: quota.burst,
    }
  );
}

/** Whether a tier is one of those that the model computes from what was measured: only these can drift from it. */
export const isModelled = (name: string): boolean =>
  defaultTiers(1, reportAssumptions).some((tier) => tier.name.toLowerCase() === name.toLowerCase());

/** The quotas in which a tier is not what the model says. */
export function driftOf(tier: Kept, model: ModelQuotas | undefined): (keyof ModelQuotas)[] {
  if (!model) return [];
  const names: (keyof ModelQuotas)[] = ['leads', 'activeConversations', 'messages', 'peakRate', 'burst'];
  return names.filter((name) => tier[name] !== model[name]);
}
