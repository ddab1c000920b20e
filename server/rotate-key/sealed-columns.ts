/**
 * Every column that is sealed, and whose secret it holds: of the tenant, or of the user that the row is. A test fails
 * for a column of bytes that stands neither here nor among those that are known to hold none.
 */
export const sealedTables = [
  {
    name: 'channels',
    owner: 'tenant',
    columns: ['access_token', 'app_secret', 'verify_token', 'app_secret_before', 'verify_token_before'],
  },
  {
    name: 'channel_drafts',
    owner: 'tenant',
    columns: ['access_token', 'app_secret', 'verify_token', 'pin'],
  },
  { name: 'users', owner: 'user', columns: ['totp_secret'] },
] as const;

export type SealedTable = (typeof sealedTables)[number];
