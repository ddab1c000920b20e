import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, list, text } from '#server/whatsapp/json.ts';
import { failed, passed, type Verdict } from './check.ts';
import { judgeNoAnswer } from './refused.ts';
import { removeNumbersCallback, seeLiveMode } from './remedies.ts';

/** Null: the webhooks of the platform's own app, which come to its own address. */
type Callback = { url: string; shaken: boolean } | null;

type Replies = {
  /** Null: nothing was to be changed. */
  subscribe: GraphReply | null;
  subscriptions: GraphReply;
  number: GraphReply;
};

/** Number 6: the subscription with our address, whether Meta's question came here, and whether both are in force. */
export function judgeCallback(replies: Replies, appId: string, callback: Callback): Verdict {
  const { subscribe, subscriptions, number } = replies;
  if (subscribe?.kind === 'unreachable') return judgeNoAnswer('callback', subscribe);
  if (subscribe?.kind === 'refused')
    return isUnanswered(subscribe)
      ? judgeUnanswered(callback, subscribe.refusal.message)
      : judgeNoAnswer('callback', subscribe);
  if (subscriptions.kind !== 'answer') return judgeNoAnswer('callback', subscriptions);
  const mine = list(subscriptions.body['data'])
    .filter(isObject)
    .find(({ whatsapp_business_api_data: app }) => isObject(app) && app['id'] === appId);
  if (!mine)
    return failed(
      'The app is not subscribed to the account',
      `Without it no message comes in. Apps that are: ${subscribedApps(subscriptions) || 'none'}.`,
      ['Choose Check again: it subscribes the app.', seeLiveMode],
    );
  const override = text(mine['override_callback_uri']);
  if (override !== (callback?.url ?? null))
    return failed(
      'Messages of the account go elsewhere',
      override
        ? `They are sent to ${shortened(override)}.`
        : 'They are sent to the app’s own callback address.',
      ['Choose Check again: it enters the address of this channel.'],
    );
  const ofNumber = number.kind === 'answer' ? numbersOwn(number.body) : null;
  if (ofNumber !== null && ofNumber !== callback?.url)
    return failed(
      'Messages of this number go elsewhere',
      `The number has a callback of its own: ${shortened(ofNumber)}.`,
      [removeNumbersCallback, 'Check again here.'],
    );
  if (callback && subscribe && !callback.shaken)
    return failed(
      'Meta asked somebody else',
      'Meta took the address, but its question never came here: another server answers at it.',
      ['See where the address of this installation leads (`APP_URL`), then check again.'],
    );
  return passed('callback', callback ? 'The callback address is verified' : 'Through the app’s own callback');
}

const isUnanswered = ({ refusal }: Extract<GraphReply, { kind: 'refused' }>) =>
  refusal.code === 2200 || /callback verification|callback url/i.test(refusal.message);

function judgeUnanswered(callback: Callback, message: string): Verdict {
  if (!callback) return failed('Meta does not reach the app’s callback', `Meta says: ${message}`, []);
  const isSafe = callback.url.startsWith('https://');
  if (callback.shaken)
    return failed(
      'Meta did not take our answer',
      'Its question came here and was answered, but it did not arrive as it was: often a proxy that changes it.',
      ['See what stands between Meta and this installation, then check again.', `Meta says: ${message}`],
    );
  return failed(
    'Meta does not reach us, or has another verify token',
    `Meta asked ${shortened(callback.url)} and got no right answer.`,
    [
      isSafe
        ? 'See that the address is open to the internet, with a certificate of a known authority.'
        : 'Meta calls https addresses alone: give this installation one (`APP_URL`).',
      'Behind a proxy, let GET and POST of this path pass without a login.',
      'Check again here.',
    ],
  );
}

function subscribedApps(reply: Extract<GraphReply, { kind: 'answer' }>): string {
  return list(reply.body['data'])
    .filter(isObject)
    .flatMap(({ whatsapp_business_api_data: app }) => (isObject(app) ? (text(app['name']) ?? []) : []))
    .join(', ');
}

/** Where a number's own callback leads; null where it has none. */
export function numbersOwn(number: Record<string, unknown>): string | null {
  const configuration = number['webhook_configuration'];
  return isObject(configuration) ? text(configuration['phone_number']) : null;
}

const shortened = (url: string) => (url.length > 120 ? `${url.slice(0, 119)}…` : url);
