import { createServer } from 'node:net';
import { errorCode, StartFailure } from './failure.ts';

export type PortPlan = {
  readonly variable: string;
  readonly port: number;
  /** The address that is listened to, if it is not loopback. */
  readonly host?: string;
};

/** Refuses to start beside a stranger: names the port and how to choose another one. */
export async function assertPortsFree(plans: readonly PortPlan[]): Promise<void> {
  for (const [index, { variable, port, host: own }] of plans.entries()) {
    const twin = plans.slice(0, index).find((other) => other.port === port);
    if (twin)
      throw new StartFailure(`${twin.variable} and ${variable} are both ${port}: give one another number.`);
    // Browsers may try ::1 first for localhost: a stranger there would answer in our place.
    for (const host of ['127.0.0.1', '::1']) await assertFree(variable, port, host);
    if (own && (await assertFree(variable, port, own)) === 'EADDRNOTAVAIL')
      throw new StartFailure(
        `LISTEN_HOST=${own} is no address of this machine: give one of its own, or 0.0.0.0 for all.`,
      );
  }
}

/** Returns what else the system may have against it. */
async function assertFree(variable: string, port: number, host: string): Promise<string | undefined> {
  const code = await tryToListen(port, host);
  if (code === 'EADDRINUSE')
    throw new StartFailure(
      `Port ${port} is in use by another program: end that one, or choose another port, e.g. \`${variable}=${port + 1} npm start\`.`,
    );
  if (code === 'EACCES')
    throw new StartFailure(
      `Port ${port} may not be used by this user: choose one above 1023, e.g. \`${variable}=3000 npm start\`.`,
    );
  return code;
}

function tryToListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** A free port, for tests. It may be taken again before it is used, but hardly ever is. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
