import { expect, test } from '@playwright/test';
import { running } from './product.ts';

test('what web and worker count stands on one page, told by whichever is asked', async ({ request }) => {
  const answer = await request.get(`${running().web}/metrics`);
  expect(answer.status()).toBe(200);
  const text = await answer.text();
  for (const line of ['parley_processes{part="web"} 1', 'parley_processes{part="worker"} 1'])
    expect(text.split('\n')).toContain(line);
});
