import type { Assumptions } from './assumptions.ts';
import { type Demand, demandOf, type Population } from './demand.ts';
import { type Rating, rateWorkload } from './rate-workload.ts';

export type Scenario = Population & { readonly name: string };

/** The four of the report's table of clients. */
export const clientScenarios: readonly Scenario[] = [
  { name: 'Small scale', tenants: 10, leadsEach: 5_000 },
  { name: 'Medium scale', tenants: 50, leadsEach: 3_000 },
  { name: 'Current maximum', tenants: 100, leadsEach: 1_500 },
  { name: 'System limit', tenants: 150, leadsEach: 1_000 },
];

/** The four that the report rates, at its sweet spot of 3,000 leads a client. */
export const ratedScenarios: readonly Scenario[] = [
  { name: 'MVP / Pilot', tenants: 10, leadsEach: 3_000 },
  { name: 'Early stage', tenants: 50, leadsEach: 3_000 },
  { name: 'Growth', tenants: 100, leadsEach: 3_000 },
  { name: 'Scale', tenants: 200, leadsEach: 3_000 },
];

export type RatedScenario = Scenario & {
  readonly demand: Demand;
  /** Of the capacity, in the busiest hour. 1 is all of it. */
  readonly load: number;
  readonly rating: Rating;
};

/** Each scenario's demand against a capacity in messages a second, in and out. */
export function rateScenarios(
  scenarios: readonly Scenario[],
  capacity: number,
  assumptions: Assumptions,
): RatedScenario[] {
  return scenarios.map((scenario) => {
    const demand = demandOf(scenario, assumptions);
    return {
      ...scenario,
      demand,
      load: demand.peakRate / capacity,
      rating: rateWorkload(demand.peakRate, capacity),
    };
  });
}
