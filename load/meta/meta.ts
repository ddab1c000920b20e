import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerGraph } from './graph.ts';
import { answerJson } from './http.ts';
import { keepMemory } from './memory.ts';
import { answerSim } from './sim.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import type { MetaApp } from './world.ts';

export type MetaOptions = {
  /** 0: any free port. */
  readonly port: number;
  /** The product's origin, where webhooks go: `http://127.0.0.1:3000`. */
  readonly webhookBase: string;
  /** Secret and verify token of the platform's app, where they are not the demo's. */
  readonly platform?: Partial<Pick<MetaApp, 'secret' | 'verifyToken'>>;
  /** A file in which numbers, tokens and how they stand outlive the process. */
  readonly memory?: string | undefined;
};

/** A simulated Meta that listens on loopback. `close` forgets everything and ends every connection. */
export type RunningMeta = { readonly url: string; close(): Promise<void> };

/** Starts the simulated Meta in this process. Rejects when the port is taken. */
export async function startMeta({ port, webhookBase, platform, memory }: MetaOptions): Promise<RunningMeta> {
  const simulation = createSimulation(webhookBase.replace(/\/$/, ''), platform);
  const kept = memory ? keepMemory(simulation, memory) : undefined;
  // Longer than any client keeps a connection, so that none is closed under a request.
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    answer(simulation, request, response).catch((error: unknown) => {
      process.stderr.write(`simulated Meta: ${error instanceof Error ? error.stack : String(error)}\n`);
      answerJson(response, 500, {
        error: { message: 'An unknown error occurred', type: 'OAuthException', code: 1 },
      });
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    close: async () => {
      kept?.close();
      const closed = new Promise((done) => server.close(done));
      const ended = simulation.close();
      server.closeAllConnections();
      await Promise.all([closed, ended]);
    },
  };
}

function answer(simulation: Simulation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://meta');
  if (!url) {
    answerJson(response, 400, { error: 'This is no address.' });
    return Promise.resolve();
  }
  const isControl = url.pathname === '/_sim' || url.pathname.startsWith('/_sim/');
  return isControl
    ? answerSim(simulation, request, response, url)
    : answerGraph(simulation, request, response, url);
}
