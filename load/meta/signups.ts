import { randomBytes } from 'node:crypto';
import { graphError, invalidParameter } from './graph-errors.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import type { Simulation } from './simulation.ts';

/** Codes of the sign-up dialog: each is exchanged once, within 30 seconds. Milliseconds. */
const lifetime = 30_000;

export type Signups = {
  /** A code for this business token, at this time. */
  issue(token: string, appId: string, now: number): string;
  /** The token behind a code, or why there is none; either way the code is gone. */
  redeem(code: string, appId: string, now: number): { token: string } | 'unknown' | 'used' | 'expired';
};

export function createSignups(): Signups {
  const codes = new Map<string, { token: string; appId: string; at: number; used: boolean }>();
  return {
    issue: (token, appId, now) => {
      const code = `AQ${randomBytes(60).toString('base64url')}`;
      codes.set(code, { token, appId, at: now, used: false });
      return code;
    },
    redeem: (code, appId, now) => {
      const known = codes.get(code);
      if (!known || known.appId !== appId) return 'unknown';
      if (known.used) return 'used';
      if (now - known.at > lifetime) return 'expired';
      known.used = true;
      return { token: known.token };
    },
  };
}

const reasons = {
  unknown: ['Invalid verification code format.', 36008],
  used: ['This authorization code has been used.', 36009],
  expired: ['This authorization code has expired.', 36007],
} as const;

/** `GET /oauth/access_token?client_id&client_secret&code` → the business's token. */
export function accessToken({ directory, signups, clock }: Simulation, call: GraphCall): GraphAnswer {
  const [id, secret, code] = ['client_id', 'client_secret', 'code'].map((name) => call.query.get(name));
  if (!id || !secret || !code) return invalidParameter('Missing client_id, client_secret or code parameter.');
  const app = directory.app(id);
  if (!app) return graphError(400, 101, 'Error validating application. Cannot get application info.');
  if (app.secret !== secret) return graphError(400, 1, 'Error validating client secret.');
  const redeemed = signups.redeem(code, id, clock.now());
  if (typeof redeemed === 'string') {
    const [message, subcode] = reasons[redeemed];
    return graphError(400, 100, message, { error_subcode: subcode });
  }
  return { status: 200, body: { access_token: redeemed.token, token_type: 'bearer' } };
}
