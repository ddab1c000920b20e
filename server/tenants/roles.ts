export const roles = ['owner', 'admin', 'agent'] as const;
export type Role = (typeof roles)[number];

const all = roles;
const heads = ['owner', 'admin'] as const;
const owners = ['owner'] as const;

/** Who may do what, with the words of the interface: the one table that the doors ask and the members page shows. */
export const permissions = {
  'inbox.answer': { roles: all, area: 'Inbox', words: 'Read and answer conversations' },
  'leads.edit': { roles: all, area: 'Leads', words: 'Add, edit, label and assign leads' },
  'leads.delete': { roles: heads, area: 'Leads', words: 'Delete leads' },
  'leads.import': { roles: heads, area: 'Leads', words: 'Import leads' },
  'leads.export': { roles: heads, area: 'Leads', words: 'Export leads' },
  'bot.edit': { roles: heads, area: 'Bot', words: 'Choose and edit the bot’s script' },
  'channels.view': { roles: all, area: 'Channels', words: 'See the numbers and their health' },
  'channels.connect': { roles: heads, area: 'Channels', words: 'Connect a number' },
  'channels.rotate': { roles: heads, area: 'Channels', words: 'Replace a number’s token and secret' },
  'channels.disconnect': { roles: heads, area: 'Channels', words: 'Disconnect a number' },
  'members.view': { roles: all, area: 'Members', words: 'See who is a member' },
  'members.invite': { roles: heads, area: 'Members', words: 'Invite people' },
  'members.remove': { roles: heads, area: 'Members', words: 'Remove members' },
  'members.change-role': { roles: heads, area: 'Members', words: 'Change a member’s role' },
  'tenant.edit': {
    roles: heads,
    area: 'Settings',
    words: 'Change the business’s name, language and time zone',
  },
  'onboarding.run': { roles: heads, area: 'Settings', words: 'Go through the first steps' },
  'audit.view': { roles: heads, area: 'Audit log', words: 'Read the audit log' },
  'audit.export': { roles: heads, area: 'Audit log', words: 'Export the audit log' },
  'tenant.transfer': { roles: owners, area: 'Ownership', words: 'Hand the ownership to somebody else' },
  'tenant.delete': { roles: owners, area: 'Ownership', words: 'Delete the business' },
} as const satisfies Record<string, { roles: readonly Role[]; area: string; words: string }>;
export type Permission = keyof typeof permissions;

export function may(role: Role, permission: Permission): boolean {
  const { roles }: { roles: readonly Role[] } = permissions[permission];
  return roles.includes(role);
}

/** Everything that the role may do. */
export const permissionsOf = (role: Role): Permission[] =>
  permissionNames.filter((permission) => may(role, permission));

// The table's own keys, which Object.keys only calls strings.
const permissionNames = Object.keys(permissions) as Permission[];

/** The table as the members page shows it. */
export const roleTable = () =>
  permissionNames.map((permission) => {
    const { area, words, roles }: { area: string; words: string; roles: readonly Role[] } =
      permissions[permission];
    return { permission, area, words, roles };
  });

/** What somebody hears who may not, such as "Only an owner or an admin can do this: import leads." */
export function whoMay(permission: Permission): string {
  const { roles, words } = permissions[permission];
  const who = roles.map((role) => (role === 'agent' ? 'an agent' : `an ${role}`)).join(' or ');
  return `Only ${who} can do this: ${words.charAt(0).toLowerCase()}${words.slice(1)}. Ask one of them.`;
}
