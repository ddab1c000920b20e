import { createHmac, timingSafeEqual } from 'node:crypto';

const form = /^sha256=([0-9a-f]{64})$/i;

/**
 * Whether Meta's header (`sha256=` and 64 hex digits) signs exactly these bytes with this app secret, compared in
 * constant time. A missing or malformed header, and an empty secret, never do.
 */
export function isSigned(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const hex = header === undefined ? undefined : form.exec(header)?.[1];
  if (hex === undefined || appSecret === '') return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', appSecret).update(body).digest());
}
