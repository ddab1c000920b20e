import { createHash, randomBytes } from 'node:crypto';
import { env } from '#server/env.ts';

/** A new secret for a link: 256 bits, in letters that an address takes. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of it: whoever reads the database learns no link. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/** The page behind the letter's link. */
export const invitationLink = (token: string): string => `${env().APP_URL}/invitations/${token}`;
