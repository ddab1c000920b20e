const words: Record<string, string> = {
  'tenant.created': 'Created',
  'tenant.edited': 'Changed',
  'tenant.looked-at': 'Looked at by a superadmin',
  'tenant.suspended': 'Suspended',
  'tenant.resumed': 'Resumed',
  'tenant.deleted': 'To be deleted',
  'tenant.restored': 'Restored',
  'tenant.ownership-transferred': 'Handed to another owner',
  'quota.granted': 'Granted a quota of its own',
  'quota.grant-revoked': 'A grant was taken back',
  'quota.tier-changed': 'Tier changed',
  'quota.oversold': 'Sold beyond what was measured',
};

/** What an entry of the audit log says of a tenant, in words. */
export const actWords = (action: string): string =>
  words[action] ?? action.replace('tenant.', '').replaceAll('-', ' ');
