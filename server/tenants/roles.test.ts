import { describe, expect, test } from 'vitest';
import { may, type Permission, permissions, type Role, roles, whoMay } from './roles.ts';

// The whole table once more, by hand: a cell that changes has to change here too.
const cells: Record<Permission, Record<Role, boolean>> = {
  'inbox.answer': { owner: true, admin: true, agent: true },
  'leads.edit': { owner: true, admin: true, agent: true },
  'leads.delete': { owner: true, admin: true, agent: false },
  'leads.import': { owner: true, admin: true, agent: false },
  'leads.export': { owner: true, admin: true, agent: false },
  'bot.edit': { owner: true, admin: true, agent: false },
  'channels.view': { owner: true, admin: true, agent: true },
  'channels.connect': { owner: true, admin: true, agent: false },
  'channels.rotate': { owner: true, admin: true, agent: false },
  'channels.disconnect': { owner: true, admin: true, agent: false },
  'members.view': { owner: true, admin: true, agent: true },
  'members.invite': { owner: true, admin: true, agent: false },
  'members.remove': { owner: true, admin: true, agent: false },
  'members.change-role': { owner: true, admin: true, agent: false },
  'tenant.edit': { owner: true, admin: true, agent: false },
  'onboarding.run': { owner: true, admin: true, agent: false },
  'audit.view': { owner: true, admin: true, agent: false },
  'audit.export': { owner: true, admin: true, agent: false },
  'tenant.transfer': { owner: true, admin: false, agent: false },
  'tenant.delete': { owner: true, admin: false, agent: false },
};

describe('the role table', () => {
  test('has these permissions, and no others', () => {
    expect(Object.keys(permissions)).toEqual(Object.keys(cells));
  });

  // The cast: Object.keys forgets what the keys are.
  const all = (Object.keys(cells) as Permission[]).flatMap((permission) =>
    roles.map((role) => ({ permission, role, allowed: cells[permission][role] })),
  );
  test.each(all)('$permission, $role: $allowed', ({ permission, role, allowed }) => {
    expect(may(role, permission)).toBe(allowed);
  });
});

test.each([
  ['leads.import', 'Only an owner or an admin can do this: import leads. Ask one of them.'],
  ['tenant.delete', 'Only an owner can do this: delete the business. Ask one of them.'],
] as const)('who may not %s hears who may', (permission, words) => {
  expect(whoMay(permission)).toBe(words);
});
