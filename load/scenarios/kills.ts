import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '#load/generator/prepare-webhooks.ts';
import { type Expected, findMisfiled } from '#load/house/find-misfiled.ts';
import { familyOf, signal } from '#load/machine/family.ts';
import { generatorNotes, latencyFigures, ownHouse, type Scenario } from './scenario.ts';

/**
 * Between what was killed last being at work again and the next kill, so that no role ends six times within a minute,
 * at which its supervisor gives up. Milliseconds.
 */
const pause = 12_000;

/**
 * As many webhooks as the product can take, while its process at the door and PostgreSQL's processes that work for it
 * are killed with `kill -9` by turns. Each message that was answered 200 is then looked for: once, in the right
 * conversation, with the right words.
 */
export const kills: Scenario = {
  name: 'kills',
  about: 'kill -9 at the door and in PostgreSQL under full load: nothing lost, doubled or misfiled (--rate)',
  seconds: 60,
  needs: () => ({ bot: false, workers: 0, meta: false, order: 'random' }),
  play: async (stage) => {
    const { options, seconds, plan, prepare, measure, say } = stage;
    const { database, doors, processes, doorNames } = ownHouse(stage);
    say('measuring the capacity');
    const probe = await prepare({ kind: 'closed', connections: 128, seconds: 5 });
    const able = await probe.send();
    const rate = options.rate ?? Math.round(able.inTime / able.seconds);
    const flood = await prepare({
      kind: 'open',
      stages: [{ seconds, from: rate, to: rate }],
      seed: options.seed,
    });

    const killed: string[] = [];
    const result = await measure(async () => {
      const over = new AbortController();
      const killing = killByTurns(killed, over.signal, doors, () => ({
        door: processes().find(({ name }) => doorNames.includes(name))?.pid,
        postgres: processes()[0]?.pid,
      }));
      try {
        return await flood.send();
      } finally {
        over.abort();
        await killing;
      }
    });

    say('looking for each message');
    const unanswered = new Set(result.unacknowledged);
    const expected: Expected[] = [];
    for (let webhook = flood.first; webhook < flood.first + result.sent; webhook += 1)
      for (let part = 0; part < options.perWebhook && !unanswered.has(webhook); part += 1)
        expected.push(expectedOf(messageOf(plan, webhook * options.perWebhook + part)));
    const found = await findMisfiled(database, expected);
    return {
      figures: [
        { name: 'offered', value: rate * options.perWebhook, unit: '/s', better: 'more' },
        { name: 'answered 200', value: expected.length, unit: '', better: 'more' },
        { name: 'kill -9', value: killed.length, unit: '', better: 'more' },
        { name: 'lost', value: found.lost, unit: '', better: 'less' },
        { name: 'doubled', value: found.doubled, unit: '', better: 'less' },
        { name: 'misfiled', value: found.misfiled, unit: '', better: 'less' },
        ...latencyFigures(result),
      ],
      faults: [
        ...(found.lost + found.doubled + found.misfiled > 0
          ? [
              `of ${expected.length}: ${found.lost} lost, ${found.doubled} doubled, ${found.misfiled} misfiled`,
            ]
          : []),
        ...(killed.length < 2 ? ['hardly anything was killed: the run is too short'] : []),
      ],
      notes: [...generatorNotes(result), `killed: ${killed.join(', ')}`],
    };
  },
};

const expectedOf = ({ wamid, channel, from, text }: ReturnType<typeof messageOf>): Expected => ({
  ...{ wamid, from, text, phoneNumberId: channel.phoneNumberId },
});

/**
 * A process at the door and one of PostgreSQL's by turns, each when all is at work again; the second makes all of
 * PostgreSQL recover.
 */
async function killByTurns(
  killed: string[],
  over: AbortSignal,
  doors: readonly string[],
  roots: () => { door: number | undefined; postgres: number | undefined },
) {
  for (let turn = 0; ; turn += 1) {
    await sleep(pause, undefined, { signal: over }).catch(() => undefined);
    while (!over.aborted && !(await areReady(doors))) await sleep(250);
    if (over.aborted) return;
    const { door, postgres } = roots();
    const atDoor = turn % 2 === 0;
    const root = atDoor ? door : postgres;
    const family = root === undefined ? [] : familyOf(root);
    const victim = family.findLast(({ command }) => /server\/web\.ts|parley_app/.test(command));
    if (victim && signal(victim.pid, 'SIGKILL')) killed.push(atDoor ? 'door' : 'PostgreSQL');
  }
}

async function areReady(doors: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(
    doors.map(async (door) => {
      const answer = await fetch(`${door}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      );
      await answer?.body?.cancel();
      return answer?.ok === true;
    }),
  );
  return answers.every(Boolean);
}
