import { baseline, burst, steady, stress } from './as-planned.ts';
import { ingest } from './ingest.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [baseline, burst, stress, steady, ingest];
