import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { assertPortsFree, findFreePort } from './ports.ts';

test('a port that somebody else uses is named, with the way out', async () => {
  const port = await findFreePort();
  const stranger = createServer().listen(port, '0.0.0.0');
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  await expect(assertPortsFree([{ variable: 'PORT', port }])).rejects.toThrow(`PORT=${port + 1} npm start`);
});

test('two parts cannot share a port', async () => {
  const port = await findFreePort();
  const plans = ['PORT', 'META_PORT'].map((variable) => ({ variable, port }));
  await expect(assertPortsFree(plans)).rejects.toThrow('PORT and META_PORT are both');
});

test('free ports are fine', async () => {
  await expect(assertPortsFree([{ variable: 'PORT', port: await findFreePort() }])).resolves.toBeUndefined();
});

test('an address that this machine does not have is refused', async () => {
  const elsewhere = { variable: 'PORT', port: await findFreePort(), host: '203.0.113.1' };
  await expect(assertPortsFree([elsewhere])).rejects.toThrow('LISTEN_HOST=203.0.113.1 is no address');
});
