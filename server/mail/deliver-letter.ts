import { asPlatform } from '#server/db/as-platform.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { log } from '#server/log.ts';
import { letters } from '#server/metrics.ts';
import { handToServer, type Outcome, type Outgoing } from './transport.ts';

/** Seconds until the next try: 10 s, 20 s, … to an hour at most, in all a day and a half. */
const mostAttempts = 40;
export const pauseAfter = (attempts: number): number => Math.min(3600, 10 * 2 ** (attempts - 1));

type Claimed = Outgoing & { link: string | null; attempts: number };

/** The job of the queue: each letter once, in turn. */
export async function deliverLetters(jobs: { letterId: string }[]): Promise<Handled[]> {
  const handled: Handled[] = [];
  for (const { letterId } of jobs) handled.push(await deliverLetter(letterId));
  return handled;
}

/**
 * Sends one letter, unless somebody did or does. A mail server cannot be asked whether it has a letter, so one whose
 * sender died in the middle is never sent again: whoever waits for it asks for another one.
 */
async function deliverLetter(id: string): Promise<Handled> {
  const letter = await claim(id);
  if (!letter) return 'done';
  const text = letter.link ? `${letter.text}\n\n${letter.link}\n` : letter.text;
  const result = await handToServer({ ...letter, text });
  await settle(letter, result);
  return 'done';
}

async function claim(id: string): Promise<Claimed | undefined> {
  const rows = await asPlatform(
    ({ db }) => db.$queryRaw<Claimed[]>`
      update letters set claimed_at = now(), attempts = attempts + 1
      where id = ${id}::uuid and claimed_at is null and sent_at is null and failed_at is null and text is not null
      returning id, recipient as "to", subject, text, link, attempts`,
  );
  return rows[0];
}

/** What it says is a secret as long as its link works, so it is kept no longer than it has to be. */
async function settle({ id, attempts }: Claimed, result: Outcome): Promise<void> {
  const isLate = result.outcome === 'later' && attempts >= mostAttempts;
  const outcome = isLate ? 'refused' : result.outcome;
  const why = result.outcome === 'sent' ? null : result.why;
  letters.inc({ outcome });
  if (outcome !== 'sent')
    log().warn(
      { letter: id, attempts, outcome, why: why?.replaceAll(/\S+@\S+/g, '…') },
      'a letter was not sent',
    );
  await asPlatform(async (tx) => {
    if (outcome === 'sent')
      return tx.db
        .$executeRaw`update letters set sent_at = now(), text = null, link = null where id = ${id}::uuid`;
    if (outcome === 'later') {
      const afterSeconds = pauseAfter(attempts);
      await tx.db.$executeRaw`
        update letters set claimed_at = null, failure = ${why}, due_at = now() + make_interval(secs => ${afterSeconds})
        where id = ${id}::uuid`;
      return enqueue(tx, 'send-mail', [{ letterId: id }], { afterSeconds });
    }
    return tx.db.$executeRaw`
      update letters set failed_at = now(), failure = ${why}, text = null, link = null where id = ${id}::uuid`;
  });
}
