import { afterAll, beforeAll } from 'vitest';
import { type RunningMeta, startMeta } from '#load/meta/meta.ts';
import { startWeb } from '#server/web.ts';
import { closeGraphClient } from '#server/whatsapp/graph-client.ts';
import type { TestTenant } from './factories.ts';
import { freePort } from './free-port.ts';

type Request = { text?: { body: string }; interactive?: { body: { text: string } }; recipient?: string };
type Number = Pick<TestTenant, 'phoneNumberId' | 'wabaId' | 'token'>;
type Sent = { id: string; to: string; request: Request; accepted: boolean };

/** The simulated Meta, and this process's web server to which it posts; after `testDatabase`, before anything asks env().
 * `atAppUrl`: the web server is where the product says that it is. */
export function simulatedMetaWithWeb({ atAppUrl = false } = {}) {
  let meta: RunningMeta;
  let stopWeb: () => Promise<void>;

  beforeAll(async () => {
    const port = await freePort();
    meta = await startMeta({ port: 0, webhookBase: `http://127.0.0.1:${port}` });
    process.env['GRAPH_API_URL'] = meta.url;
    if (atAppUrl) process.env['APP_URL'] = `http://127.0.0.1:${port}`;
    stopWeb = await startWeb({ port });
    await control('behaviour', { sentAfterMs: 1, deliveredAfterMs: 5, numberLimit: false });
  });

  afterAll(async () => {
    await closeGraphClient();
    await meta.close();
    await stopWeb();
  });

  async function control(path: string, body?: object): Promise<never> {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${meta.url}/_sim/${path}`, body ? post : {});
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as never;
  }

  return {
    control,
    /** Makes a tenant's number known to it. */
    addNumber: ({ phoneNumberId, wabaId, token }: Number) =>
      control('numbers', {
        phoneNumberId,
        wabaId,
        token,
        displayPhoneNumber: '15550000000',
        verifiedName: 'Test',
      }),
    /** Every attempt to send from this number, refused ones too. */
    async attempts({ phoneNumberId }: Pick<Number, 'phoneNumberId'>): Promise<Sent[]> {
      const { messages } = await (control(`messages?phone_number_id=${phoneNumberId}`) as Promise<{
        messages: Sent[];
      }>);
      return messages;
    },
  };
}
