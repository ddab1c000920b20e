import type { Place } from '#server/secrets/seal.ts';

/** The sealed columns of a channel. */
export type ChannelSecret =
  | 'access_token'
  | 'app_secret'
  | 'verify_token'
  | 'app_secret_before'
  | 'verify_token_before';

/** Where a tenant keeps it: sealed for there, it opens nowhere else. */
export const channelSecret = (tenantId: string, secret: ChannelSecret): Place => ({
  tenantId,
  column: `channels.${secret}`,
});
