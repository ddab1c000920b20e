import { expect, test, vi } from 'vitest';

/** Read anew, because the settings are read once. */
async function address(
  hops: string,
  forwarded: string | string[] | undefined,
  peer: string | undefined = '10.0.0.9',
) {
  vi.resetModules();
  process.env['TRUST_PROXY'] = hops;
  const { clientAddress, peerHeader } = await import('#server/auth/client-address.ts');
  return clientAddress({ 'x-forwarded-for': forwarded, [peerHeader]: peer });
}

test.each([
  ['nobody is trusted', '0', '1.1.1.1', '10.0.0.9'],
  ['one proxy wrote one entry', '1', '1.1.1.1', '1.1.1.1'],
  ['a client invented entries before it', '1', '6.6.6.6, 7.7.7.7, 1.1.1.1', '1.1.1.1'],
  ['two proxies', '2', '1.1.1.1, 10.0.0.1', '1.1.1.1'],
  ['two proxies and an invention', '2', '6.6.6.6, 1.1.1.1, 10.0.0.1', '1.1.1.1'],
  ['fewer entries than proxies', '3', '1.1.1.1', '10.0.0.9'],
  ['no header', '1', undefined, '10.0.0.9'],
  ['an empty header', '1', ' , ,', '10.0.0.9'],
  ['several headers', '1', ['6.6.6.6', '1.1.1.1'], '1.1.1.1'],
])('%s', async (_, hops, forwarded, found) => {
  expect(await address(hops, forwarded)).toBe(found);
});
