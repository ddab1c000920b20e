import { Readable } from 'node:stream';
import type { Transporter } from 'nodemailer';
import { env } from '#server/env.ts';

export type Outgoing = { id: string; to: string; subject: string; text: string };

/** What became of it: only `later` may be tried again. `unknown`: it may have been sent. */
export type Outcome = { outcome: 'sent' } | { outcome: 'later' | 'refused' | 'unknown'; why: string };

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

let made: Promise<Transporter> | undefined;

/** Hands a letter to the mail server. Its Message-ID is the letter's, so that one sent twice would be shown once. */
export async function handToServer({ id, to, subject, text }: Outgoing): Promise<Outcome> {
  const host = new URL(env().APP_URL).hostname;
  made ??= connect();
  let isUnderWay = false;
  // Asked for once the server has let us in: from then on a line that breaks leaves open what it has.
  async function* body() {
    isUnderWay = true;
    yield text;
  }
  try {
    await (await made).sendMail({
      from: { name: 'Parley', address: senderOf(env().SMTP_URL, env().MAIL_FROM, host) },
      // As one address, never a list of them: a comma in it invites nobody else.
      to: { name: '', address: to },
      messageId: `<${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      subject,
      text: Readable.from(body()),
      textEncoding: 'quoted-printable',
    });
    return { outcome: 'sent' };
  } catch (error) {
    return outcomeOf(error, isUnderWay);
  }
}

/** Loaded only where a letter has to leave. */
async function connect() {
  const { createTransport } = await import('nodemailer');
  return createTransport({ url: env().SMTP_URL, ...patience });
}

/** MAIL_FROM, else the login at the mail server where that is an address, else no-reply at our own name. */
export function senderOf(smtpUrl: string | undefined, given: string | undefined, host: string): string {
  if (given) return given;
  const user = smtpUrl ? decodeURIComponent(new URL(smtpUrl).username) : '';
  return user.includes('@') ? user : `no-reply@${host}`;
}

type MailError = { responseCode?: number; code?: string; message?: string };

/** Reads nodemailer's error: `responseCode` is the server's last word, if it said one. */
export function outcomeOf(error: unknown, isUnderWay: boolean): Outcome {
  const { responseCode, code, message = String(error) } = error as MailError;
  const why = message.slice(0, 500);
  if (responseCode !== undefined && responseCode >= 500)
    // A refused login is the installation's fault, not the letter's: it is set right, and then the letter leaves.
    return { outcome: code === 'EAUTH' ? 'later' : 'refused', why };
  if (responseCode !== undefined) return { outcome: 'later', why };
  if (code === 'EENVELOPE') return { outcome: 'refused', why };
  return { outcome: isUnderWay ? 'unknown' : 'later', why };
}

/** Lets the lines to the mail server go. */
export async function closeMail(): Promise<void> {
  const open = await made?.catch(() => undefined);
  made = undefined;
  open?.close();
}
