import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairLine, priorityAt } from './fair-line.ts';

const now = Date.UTC(2026, 10, 28);

test('one within its share is due at once; a flood is due as if it came no faster than its share', () => {
  const line = fairLine();
  expect([0, 100, 200, 300].map((after) => line.dueAt('calm', 10, now + after) - now)).toEqual([
    0, 100, 200, 300,
  ]);
  expect(Array.from({ length: 5 }, () => line.dueAt('flood', 10, now) - now)).toEqual([
    0, 100, 200, 300, 400,
  ]);
  expect(line.dueAt('calm', 10, now + 400) - now).toBe(400);
});

test('a flood is over when it is over: after as long a silence the tenant is due at once again', () => {
  const line = fairLine();
  for (let job = 0; job < 50; job += 1) line.dueAt('flood', 10, now);
  expect(line.dueAt('flood', 10, now + 60_000)).toBe(now + 60_000);
});

test('nobody starves: what is due by now comes before what anybody asks for later', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ tenant: fc.nat(3), after: fc.nat(400) }), { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 50 }),
      (asked, share) => {
        const line = fairLine();
        let at = now;
        const due = asked.map(({ tenant, after }) => {
          at += after;
          return { tenant, asked: at, due: line.dueAt(String(tenant), share, at) };
        });
        for (const one of due) {
          expect(one.due).toBeGreaterThanOrEqual(one.asked);
          const later = due.filter((other) => other.asked > one.due + 250);
          for (const other of later)
            expect(priorityAt(one.due)).toBeGreaterThanOrEqual(priorityAt(other.due));
        }
      },
    ),
  );
});

test('its priorities are what PostgreSQL’s integer holds, for years', () => {
  const inTenYears = priorityAt(now + 10 * 365 * 86_400_000);
  expect(inTenYears).toBeGreaterThan(-(2 ** 31));
  expect(priorityAt(now)).toBeLessThan(0);
});
