// What people read for an action; "…" stands for what it is about. Others are shown by their names.
const deeds: Record<string, string> = {
  'account.email-changed': 'changed their address to …',
  'account.let-in-again': 'let … in again',
  'account.password-changed': 'changed their password',
  'account.password-reset': 'set a new password by letter',
  'account.recovery-code-used': 'signed in with a recovery code',
  'account.recovery-codes-renewed': 'made new recovery codes',
  'account.second-factor-off': 'turned their second factor off',
  'account.second-factor-on': 'turned their second factor on',
  'account.signed-out-everywhere': 'signed out everywhere',
  'account.signed-up': 'signed up as …',
  'audit.exported': 'exported the audit log',
  'bot.script-chosen': 'chose the script …',
  'capacity.run-added': 'brought in the run …',
  'capacity.run-removed': 'removed the run …',
  'capacity.run-used': 'put the run … in use',
  'capacity.selling-changed': 'changed how capacity is sold',
  'capacity.tier-added': 'added the tier …',
  'capacity.tier-changed': 'changed the tier …',
  'capacity.tier-deleted': 'deleted the tier …',
  'channel.bot-switched-off': 'switched the bot off at …',
  'channel.bot-switched-on': 'switched the bot on at …',
  'channel.connected': 'connected the number …',
  'channel.connecting-stopped': 'gave up connecting …',
  'channel.disconnected': 'disconnected the number …',
  'channel.reconnected': 'connected the number … again',
  'channel.former-secret-ended': 'ended the former app secret of …',
  'channel.former-verify-token-ended': 'ended the former verify token of …',
  'channel.secret-replaced': 'replaced the app secret of …',
  'channel.subscribed-again': 'subscribed to the webhooks of … again',
  'channel.token-replaced': 'replaced the token of …',
  'channel.unsubscribed': 'told Meta once more of the end of …',
  'channel.verify-token-replaced': 'replaced the verify token of …',
  'channel.verify-token-shown': 'looked at the verify token of …',
  'encryption-key.rotated': 'finished replacing the encryption key, by …',
  'encryption-key.rotation-begun': 'began to replace the encryption key, by …',
  'lead.added': 'added the lead …',
  'lead.assigned': 'assigned …',
  'lead.change-undone': 'undid a change of …',
  'lead.deleted': 'deleted …',
  'lead.edited': 'edited the lead …',
  'lead.label-deleted': 'deleted the label …',
  'lead.labelled': 'labelled …',
  'lead.blocked': 'blocked …',
  'lead.merged': 'merged somebody into …',
  'lead.split': 'took a merge of … back',
  'lead.opted-in': 'noted that … agreed to messages',
  'lead.opted-out': 'noted that … wants no messages',
  'lead.unblocked': 'unblocked …',
  'lead.downloaded': 'downloaded …',
  'lead.exported': 'exported leads as …',
  'lead.restored': 'brought the lead … back',
  'lead.unlabelled': 'took a label from …',
  'lead.imported': 'imported leads from …',
  'lead.import-cancelled': 'cancelled the import of …',
  'lead.import-undone': 'undid the import of …',
  'quota.asked': 'asked for a larger quota for …',
  'member.added': 'made … a member',
  'member.invited': 'invited …',
  'member.invited-again': 'sent the invitation to … again',
  'member.invitation-withdrawn': 'withdrew the invitation of …',
  'member.joined': 'joined',
  'member.left': 'left',
  'member.removed': 'removed …',
  'member.role-changed': 'changed the role of …',
  'quota.granted': 'granted … a quota of its own',
  'quota.grant-revoked': 'took a grant of … back',
  'quota.tier-changed': 'changed the tier of …',
  'quota.oversold': 'sold more than was measured',
  'reader.address-given': 'was given the address of the login that reads every tenant',
  'script.published': 'published the script …',
  'superadmin.granted': 'made … a superadmin',
  'tenant.charge-prices': 'entered what WhatsApp charges for a message',
  'tenant.consent-words': 'changed the words for stop and start',
  'tenant.created': 'made the tenant …',
  'tenant.deleted': 'deleted the tenant; it can be restored for some days',
  'tenant.edited': 'changed the settings of the business',
  'tenant.ownership-transferred': 'handed the ownership to …',
  'tenant.erased': 'erased the … for good',
  'tenant.looked-at': 'looked at the tenant’s members, numbers and usage',
  'tenant.restored': 'took the deletion of the tenant back',
  'tenant.resumed': 'resumed the tenant',
  'tenant.suspended': 'suspended the tenant',
};

const areas: Record<string, string> = {
  account: 'Logins',
  audit: 'Audit log',
  bot: 'Bot',
  capacity: 'Capacity',
  channel: 'Channels',
  lead: 'Leads',
  member: 'Members',
  quota: 'Quotas',
  script: 'Scripts',
  tenant: 'Business',
};

/** The deed as the end of a sentence that begins with who did it: "removed Mara (mara@acme.example)". */
export function deedWords(action: string, subject: string | null): string {
  const words = deeds[action];
  if (words) return subject === null ? words.replace(' …', '') : words.replace('…', subject);
  const [area = '', deed = ''] = action.split('.');
  return `${area.replaceAll('-', ' ')}: ${deed.replaceAll('-', ' ')}${subject === null ? '' : ` ${subject}`}`;
}

/** "from: agent, in use: yes"; what says nothing is left out. */
export function detailWords(details: Record<string, string | number | boolean | null>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${spaced(name)}: ${value === true ? 'yes' : value === false ? 'no' : value}`)
    .join(', ');
}

const spaced = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Of actions that begin with this word. */
export const areaWords = (area: string): string =>
  areas[area] ?? `${area.charAt(0).toUpperCase()}${area.slice(1).replaceAll('-', ' ')}`;
