import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZodError } from 'zod';
import { controls } from './controls.ts';
import { answerJson, parseJson, readBody } from './http.ts';
import { listMessages } from './list-messages.ts';
import { answerSignupPage } from './signup-dialog.ts';
import type { Simulation } from './simulation.ts';

/** The controls: everything under `/_sim`. */
export async function answerSim(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  // A page of somebody else's, open in the same browser, shall not turn the knobs.
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    answerJson(response, 403, { error: 'Other sites have no business here.' });
    return;
  }
  const path = url.pathname.slice('/_sim'.length);
  const route = `${request.method} ${path}`;
  if (route === 'GET /events') {
    simulation.changes.listen(request, response);
    return;
  }
  if (route === 'GET /messages') {
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
    await pipeline(Readable.from(listMessages(simulation.ledger, url.searchParams)), response).catch(
      () => undefined,
    );
    return;
  }
  if (answerSignupPage(route, response)) return;
  const control = Object.hasOwn(controls, route) ? controls[route] : undefined;
  if (!control) {
    answerJson(response, 404, { error: `There is no ${route} here.` });
    return;
  }
  const read = await readBody(request);
  if (read === 'cut') return;
  if (read === 'too-large') {
    answerJson(response, 413, { error: 'The body is larger than 1 MiB.' }, { connection: 'close' });
    return;
  }
  const body = read.text === '' ? {} : parseJson(read.text);
  if (body === undefined) {
    answerJson(response, 400, { error: 'The body is no JSON.' });
    return;
  }
  try {
    const answer = await control(simulation, url.searchParams, body);
    answerJson(response, answer.status, answer.body);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    answerJson(response, 400, { error: sentenceOf(error) });
  }
}

function sentenceOf({ issues }: ZodError): string {
  return issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}
