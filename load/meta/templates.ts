import { authorizeWaba } from './authorize.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import type { Simulation } from './simulation.ts';

/** `GET /{waba}/message_templates`: every account has Meta's own sample, and no other. */
export function listTemplates(simulation: Simulation, call: GraphCall): GraphAnswer {
  const numbers = authorizeWaba(simulation, call);
  if ('body' in numbers) return numbers;
  const sample = {
    name: 'hello_world',
    parameter_format: 'POSITIONAL',
    components: [{ type: 'BODY', text: 'Welcome and congratulations!!' }],
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    id: `9${call.id}`,
  };
  const cursor = Buffer.from(sample.id).toString('base64url');
  return { status: 200, body: { data: [sample], paging: { cursors: { before: cursor, after: cursor } } } };
}
