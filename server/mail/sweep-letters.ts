import { asPlatform } from '#server/db/as-platform.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { mailWay } from './mail-way.ts';

/** After so long a claim's process is dead, and whether its letter left is not known. Minutes. */
const claimLasts = 5;
/** Kept for who asks what became of it. Days. */
const keptFor = 30;

/** Asks again for letters whose job was lost, gives up those whose sender died, and forgets old ones. */
export function sweepLetters() {
  return asPlatform(async (tx) => {
    await tx.db.$executeRaw`
      update letters set failed_at = now(), failure = 'its sender died', text = null, link = null
      where sent_at is null and failed_at is null and claimed_at < now() - make_interval(mins => ${claimLasts})`;
    await tx.db.$executeRaw`delete from letters where created_at < now() - make_interval(days => ${keptFor})`;
    const late = await tx.db.$queryRaw<{ letterId: string }[]>`
      select id as "letterId" from letters
      where sent_at is null and failed_at is null and claimed_at is null and due_at < now() - interval '1 minute'
      order by due_at limit 100`;
    if (mailWay() === 'smtp') await enqueue(tx, 'send-mail', late);
  });
}
