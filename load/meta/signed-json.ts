import { createHmac } from 'node:crypto';

const beyondAscii = /[\u0080-\uffff]/g;

/**
 * JSON as Meta puts it on the wire: everything beyond ASCII as `\uXXXX` in lower-case hex, one per UTF-16 unit,
 * and on request `/` as `\/`. The signature is over exactly these bytes.
 */
export function escapedJson(value: unknown, escapeSlashes = false): string {
  const json = JSON.stringify(value);
  const ascii = json.replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escapeSlashes ? ascii.replaceAll('/', '\\/') : ascii;
}

/** The value of `X-Hub-Signature-256`: HMAC-SHA256 of the body, keyed with the app's secret. */
export function sign(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
}
