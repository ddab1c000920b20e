import { expect, test } from 'vitest';
import { defaultObjectives } from '#load/model/objectives.ts';
import type { PlayedTurns } from './turn-player.ts';
import { turnPoint } from './turn-point.ts';

/** A hundred turns in ten seconds that each took so long. */
function played(reply: number, more: Partial<PlayedTurns> = {}): PlayedTurns {
  const turns = Array.from({ length: 100 }, (_, index) => ({
    ...{ phoneNumberId: '1', at: index * 100, reply, delivered: reply },
  }));
  // The cast: of all that a generator tells only this is looked at.
  const result = { startedAt: 0, sent: 100, acknowledged: 100 } as PlayedTurns['result'];
  return {
    ...{ result, turns, begun: 100, unanswered: 0, surplus: 0, doneAfter: 0, left: { turns: 0, outbox: 0 } },
    ...{ queueAge: { begin: 0, end: 0 }, usages: [], busy: null, ...more },
  };
}
const facts = {
  ...{ seconds: 10, settling: 0, lost: 0, cores: 2, objectives: defaultObjectives },
  beside: { samples: [], mostConnections: 100 },
};

test('what was answered in time is achieved, at the rate that was offered', () => {
  expect(turnPoint(played(20), facts)).toMatchObject({
    ...{ offered: 10, achieved: 10, errorShare: 0, broke: [] },
    p95: expect.closeTo(20, 0),
  });
});

test('answers that come long after the end are not achieved', () => {
  const late = turnPoint(played(5_000), facts);
  expect(late.achieved).toBe(5.3);
  expect(late.broke?.[0]).toContain('p95 5');
});

test('a request that failed, an answer that never came and a message that is not stored break it', () => {
  const some = turnPoint(played(20, { unanswered: 2 }), { ...facts, lost: 3 });
  expect(some.broke).toEqual(['2 % errors, at most 1 %', '3 acknowledged messages are not stored']);
});

test('CPU is told of the machine and of each process of the product, not of those that load it', () => {
  const usage = (name: string, cpu: number) => ({
    ...{ name, cpu, cpuPeak: cpu, memoryPeak: 1, memoryEnd: 1, memory: [] },
  });
  const usages = [usage('postgres', 0.8), usage('ingest', 0.4), usage('generator', 0.2), usage('load', 0)];
  const sample = {
    ...{ second: 2, connections: 45, waitingForLocks: 0, wal: 1 },
    waiting: 0,
    oldest: 0,
    loopLag: {},
  };
  const { resources = [] } = turnPoint(played(20, { usages }), {
    ...facts,
    beside: { samples: [sample], mostConnections: 100 },
  });
  expect(resources.map(({ name, used, of }) => [name, Number(used.toFixed(3)), of])).toEqual([
    ['CPU, whole machine', 1.4, 2],
    ['CPU, postgres', 0.8, 2],
    ['CPU, ingest', 0.4, 1],
    ['connections', 45, 100],
  ]);
});
