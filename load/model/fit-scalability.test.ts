import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitScalability, mostThroughput, throughputAt } from './fit-scalability.ts';

const laws = fc.record({
  pace: fc.double({ min: 1, max: 2_000, noNaN: true }),
  contention: fc.double({ min: 1e-5, max: 1e-2, noNaN: true }),
  crosstalk: fc.double({ min: 1e-7, max: 1e-4, noNaN: true }),
});
const loads = [0.1, 0.5, 1, 2, 4, 8, 16, 32, 64];

test('a law is found again in what it makes', () => {
  fc.assert(
    fc.property(laws, (law) => {
      const found = fitScalability(
        loads.map((inFlight) => ({ inFlight, rate: throughputAt(law, inFlight) })),
      );
      for (const inFlight of loads)
        expect(throughputAt(found, inFlight) / throughputAt(law, inFlight)).toBeCloseTo(1, 4);
    }),
  );
});

test('no load yields more than the most', () => {
  fc.assert(
    fc.property(laws, fc.double({ min: 0.01, max: 10_000, noNaN: true }), (law, inFlight) => {
      expect(throughputAt(law, inFlight)).toBeLessThanOrEqual(mostThroughput(law) * (1 + 1e-9));
    }),
  );
});

test('where nobody waits there is no ceiling', () => {
  const free = loads.map((inFlight) => ({ inFlight, rate: 100 * inFlight }));
  expect(mostThroughput(fitScalability(free))).toBeGreaterThan(1e6);
});
