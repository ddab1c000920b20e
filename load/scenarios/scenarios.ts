import { baseline, burst, steady, stress } from './as-planned.ts';
import { breakpoint } from './breakpoint.ts';
import { connections } from './connections.ts';
import { ingest } from './ingest.ts';
import { kills } from './kills.ts';
import { mixed } from './mixed.ts';
import { noisy } from './noisy.ts';
import { WrongUse } from './options.ts';
import { overload } from './overload.ts';
import { roundtrip } from './roundtrip.ts';
import type { Scenario } from './scenario.ts';
import { soak } from './soak.ts';
import { spike } from './spike.ts';
import { turns } from './turns.ts';

export const scenarios: readonly Scenario[] = [
  ...[baseline, burst, stress, steady],
  ...[ingest, turns, roundtrip, connections, overload, kills],
  ...[breakpoint, spike, soak, mixed, noisy],
];

/** Throws `WrongUse` where there is none of that name. */
export function findScenario(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario) return scenario;
  throw new WrongUse(`there is no scenario "${name}", only ${scenarios.map((one) => one.name).join(', ')}`);
}
