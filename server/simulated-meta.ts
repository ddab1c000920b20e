import { env } from '#server/env.ts';

/** The simulated Meta's address, when this installation is a demo that talks to it; otherwise undefined. */
export function simulatedMeta(): string | undefined {
  const { PARLEY_DEMO, GRAPH_API_URL } = env();
  const isNear = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(GRAPH_API_URL).hostname);
  return PARLEY_DEMO === '1' && isNear ? GRAPH_API_URL : undefined;
}
