import { describe, expect, test } from 'vitest';
import type { Refusal } from '#server/refusal.ts';
import { type Role, roles } from '#server/tenants/roles.ts';
import { assertMayGive, assertMayMove } from './rules.ts';

/** The reason of the refusal, or "allowed". */
function answer(work: () => void): string {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as Refusal).reason;
  }
}

// Who asks, whom it is about, and what becomes of them: every cell. Of the tenant's two owners either may be meant.
const others: [Role, Role, Role | null, string][] = [
  ['owner', 'owner', 'admin', 'allowed'],
  ['owner', 'owner', 'agent', 'allowed'],
  ['owner', 'owner', null, 'allowed'],
  ['owner', 'admin', 'owner', 'allowed'],
  ['owner', 'admin', 'agent', 'allowed'],
  ['owner', 'admin', null, 'allowed'],
  ['owner', 'agent', 'owner', 'allowed'],
  ['owner', 'agent', 'admin', 'allowed'],
  ['owner', 'agent', null, 'allowed'],
  ['admin', 'owner', 'admin', 'owner'],
  ['admin', 'owner', 'agent', 'owner'],
  ['admin', 'owner', null, 'owner'],
  ['admin', 'admin', 'owner', 'owner'],
  ['admin', 'admin', 'agent', 'allowed'],
  ['admin', 'admin', null, 'allowed'],
  ['admin', 'agent', 'owner', 'owner'],
  ['admin', 'agent', 'admin', 'allowed'],
  ['admin', 'agent', null, 'allowed'],
  ['agent', 'owner', 'admin', 'role'],
  ['agent', 'owner', 'agent', 'role'],
  ['agent', 'owner', null, 'role'],
  ['agent', 'admin', 'owner', 'role'],
  ['agent', 'admin', 'agent', 'role'],
  ['agent', 'admin', null, 'role'],
  ['agent', 'agent', 'owner', 'role'],
  ['agent', 'agent', 'admin', 'role'],
  ['agent', 'agent', null, 'role'],
];

test('every change there is has its cell', () => {
  const changes = roles.flatMap((actor) =>
    roles.flatMap((target) =>
      [...roles, null].filter((to) => to !== target).map((to) => `${actor} ${target} ${to}`),
    ),
  );
  expect(others.map(([actor, target, to]) => `${actor} ${target} ${to}`).sort()).toEqual(changes.sort());
});

test.each(others)('an %s who makes another %s an %s: %s', (actor, role, to, expected) => {
  const target = { role, name: 'Ada', you: false };
  expect(answer(() => assertMayMove({ actor, target, to, owners: 2 }))).toBe(expected);
});

describe('one’s own place', () => {
  test.each([
    ['owner', null, 2, 'allowed'],
    ['owner', 'admin', 2, 'allowed'],
    ['owner', null, 1, 'last-owner'],
    ['owner', 'agent', 1, 'last-owner'],
    ['admin', null, 1, 'allowed'],
    ['admin', 'agent', 1, 'allowed'],
    ['admin', 'owner', 1, 'owner'],
    ['agent', null, 1, 'allowed'],
    ['agent', 'admin', 1, 'role'],
  ] as const)('an %s who becomes %s where there are %s owners: %s', (role, to, owners, expected) => {
    const target = { role, name: 'Ada', you: true };
    expect(answer(() => assertMayMove({ actor: role, target, to, owners }))).toBe(expected);
  });
});

test('the last owner is named, and told what to do', () => {
  const target = { role: 'owner', name: 'Ada', you: false } as const;
  expect(() => assertMayMove({ actor: 'owner', target, to: null, owners: 1 })).toThrow(
    'Ada is the only owner, and a tenant always has one. Make somebody else an owner first.',
  );
});

test.each([
  ['owner', 'owner', 'allowed'],
  ['owner', 'admin', 'allowed'],
  ['owner', 'agent', 'allowed'],
  ['admin', 'owner', 'owner'],
  ['admin', 'admin', 'allowed'],
  ['admin', 'agent', 'allowed'],
] as const)('an %s who invites an %s: %s', (actor, role, expected) => {
  expect(answer(() => assertMayGive(actor, role))).toBe(expected);
});
