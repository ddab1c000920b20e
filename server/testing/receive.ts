import { receiveWebhook } from '#server/ingest/receive-webhook.ts';
import { sign } from './factories.ts';

/** Posts a signed body to the platform's door, in this process. */
export const receive = (body: string) => receiveWebhook(Buffer.from(body), sign(body), null);
