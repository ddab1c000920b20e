import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { Refusal } from '#server/refusal.ts';

/** How letters leave: by SMTP, or in the demo onto the page /outbox, or not at all. */
export type MailWay = 'smtp' | 'outbox' | 'none';

export function mailWay(): MailWay {
  if (env().SMTP_URL) return 'smtp';
  return env().PARLEY_DEMO === '1' ? 'outbox' : 'none';
}

const withoutMail =
  'Nobody can confirm an e-mail address, be invited by letter, or reset a password by letter until SMTP_URL is set.';

/** Throws Refusal where no letter can leave, so that nobody waits for one. */
export function demandMail(): void {
  if (mailWay() === 'none')
    throw new Refusal(
      'precondition',
      'no-mail',
      'This installation cannot send e-mail yet, so the letter that this needs would not arrive. Ask whoever runs it to set SMTP_URL.',
    );
}

/** Says at a start what does not work, where nothing says it later. */
export function sayWhetherMailWorks(): void {
  if (mailWay() === 'none') log().warn(`SMTP_URL is not set. ${withoutMail}`);
}
