import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { Refusal } from '#server/refusal.ts';
import { type Place, seal, unseal } from '#server/secrets/seal.ts';
import { demandPassword } from './demand-password.ts';
import { recoveryCodeLetter, secondFactorLetter } from './letters.ts';
import { forgetSpent, type Limit, spend } from './limits.ts';
import { isRecoveryCode, makeRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

const placeOf = (userId: string): Place => ({ userId, column: 'users.totp_secret' });

/** Whoever gets so far has the password, so this holds up nobody who is only known by name. */
const codes: Limit = { name: 'second factor', most: 10, seconds: 900 };

/** Whether a superadmin may do nothing before there is a second factor: in production, but not in the demo. */
export const isSecondFactorDemanded = (): boolean =>
  env().NODE_ENV === 'production' && env().PARLEY_DEMO !== '1';

/**
 * Makes a secret that counts once a code of it was given (`turnOn`). Returns it for typing, and as the text of a QR code.
 * Throws Refusal when the password is wrong, the address is not confirmed, or there is a second factor already.
 */
export async function beginSecondFactor(actor: UserActor, password: string) {
  await demandPassword(actor, password);
  return asPlatform(async ({ db }) => {
    const user = await db.user.findUniqueOrThrow({
      where: { id: actor.userId },
      select: { email: true, totpOnAt: true, emailConfirmedAt: true },
    });
    if (user.totpOnAt) throw new Refusal('conflict', 'on-already', 'Two-factor sign-in is on already.');
    // Else somebody could lock the address's true owner out of a login that they never made.
    if (!user.emailConfirmedAt)
      throw new Refusal('precondition', 'email-unconfirmed', 'Confirm your e-mail address first.');
    const secret = newTotpSecret();
    await db.user.update({
      where: { id: actor.userId },
      data: { totpSecret: seal(secret, placeOf(actor.userId)), totpStep: null },
      select: { id: true },
    });
    return { secret, uri: totpUri(secret, user.email, issuer()) };
  });
}

/** Two installations are two lines in the app. */
function issuer(): string {
  const { hostname } = new URL(env().APP_URL);
  return hostname === 'localhost' ? 'Parley' : `Parley (${hostname})`;
}

/** From now on the sign-in asks for a code. Returns the recovery codes, which are shown this once. */
export function turnOnSecondFactor(actor: UserActor, code: string): Promise<string[]> {
  return withLimit(actor.userId, () =>
    asPlatform(async (tx) => {
      if (!(await takeTotp(tx, actor.userId, code, false))) return undefined;
      await tx.db.user.update({ where: { id: actor.userId }, data: { totpOnAt: new Date() } });
      const recovery = await makeRecoveryCodes(tx, actor.userId);
      await recordAudit(tx, { tenantId: null, actor, action: 'account.second-factor-on' });
      await tell(tx, actor.userId, (person) => secondFactorLetter(person, true));
      return recovery;
    }),
  );
}

/** The password is enough from now on. Takes a code, or a recovery code, and the password. */
export async function turnOffSecondFactor(actor: UserActor, password: string, code: string): Promise<void> {
  await demandPassword(actor, password);
  await withLimit(actor.userId, () =>
    asPlatform(async (tx) => {
      if (!(await takeCode(tx, actor.userId, code))) return undefined;
      await clearSecondFactor(tx, actor.userId);
      await recordAudit(tx, { tenantId: null, actor, action: 'account.second-factor-off' });
      await tell(tx, actor.userId, (person) => secondFactorLetter(person, false));
      return true;
    }),
  );
}

/** New recovery codes in place of all old ones. */
export function renewRecoveryCodes(actor: UserActor, code: string): Promise<string[]> {
  return withLimit(actor.userId, () =>
    asPlatform(async (tx) => {
      if (!(await takeCode(tx, actor.userId, code))) return undefined;
      await recordAudit(tx, { tenantId: null, actor, action: 'account.recovery-codes-renewed' });
      return makeRecoveryCodes(tx, actor.userId);
    }),
  );
}

/** What the sign-in asks: whether the code opens, or the seconds to wait after too many wrong ones. */
export async function checkSecondFactor(userId: string, code: string): Promise<boolean | { wait: number }> {
  // Nobody guesses a recovery code, so it opens even while others hold up the guessable ones.
  const guessable = !isRecoveryCode(code);
  const wait = guessable ? await spend({ limit: codes, of: userId }) : 0;
  if (wait > 0) return { wait };
  const opens = await asPlatform((tx) => takeCode(tx, userId, code));
  if (opens) await forgetSpent({ limit: codes, of: userId });
  return opens;
}

export const forgetWrongCodes = (userId: string) => forgetSpent({ limit: codes, of: userId });

async function withLimit<T>(userId: string, work: () => Promise<T | undefined>): Promise<T> {
  const wait = await spend({ limit: codes, of: userId });
  if (wait > 0)
    throw new Refusal(
      'too-many',
      'too-many',
      `Too many wrong codes. Wait ${Math.ceil(wait / 60)} minutes, then try again.`,
    );
  const done = await work();
  if (done === undefined)
    throw new Refusal(
      'bad-input',
      'code',
      'This code does not fit, or it was used before. Wait for the next one in your app and type that.',
    );
  await forgetWrongCodes(userId);
  return done;
}

/** A code of the app, or a recovery code. Uses it up. */
async function takeCode(tx: PlatformTx, userId: string, code: string): Promise<boolean> {
  if (!isRecoveryCode(code)) return takeTotp(tx, userId, code, true);
  const left = await takeRecoveryCode(tx, userId, code);
  if (left === undefined) return false;
  const actor = { userId, name: await nameOf(tx, userId), address: null, device: null };
  await recordAudit(tx, { tenantId: null, actor, action: 'account.recovery-code-used', details: { left } });
  await tell(tx, userId, (person) => recoveryCodeLetter(person, left));
  return true;
}

/** Each step's code opens once: who looked over a shoulder, or on the line, comes too late. */
async function takeTotp({ db }: PlatformTx, userId: string, typed: string, isOn: boolean): Promise<boolean> {
  const code = typed.replaceAll(/\s/g, '');
  const user = await db.user.findUnique({
    where: { id: userId },
    select: { totpSecret: true, totpOnAt: true },
  });
  if (!user?.totpSecret || (user.totpOnAt !== null) !== isOn) return false;
  const step = stepOfCode(unseal(user.totpSecret, placeOf(userId)), code, new Date());
  if (step === undefined) return false;
  const taken = await db.$executeRaw`
    update users set totp_step = ${step} where id = ${userId}::uuid and (totp_step is null or totp_step < ${step})`;
  return taken === 1;
}

export async function clearSecondFactor({ db }: PlatformTx, userId: string): Promise<void> {
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.user.update({
    where: { id: userId },
    data: { totpSecret: null, totpOnAt: null, totpStep: null },
    select: { id: true },
  });
}

async function nameOf({ db }: PlatformTx, userId: string): Promise<string> {
  return (await db.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } })).name;
}

/** A letter about it, where letters leave; what it is about has to work without. */
async function tell(
  tx: PlatformTx,
  userId: string,
  letterTo: (person: { name: string; email: string }) => Parameters<typeof queueMail>[1],
) {
  if (mailWay() === 'none') return;
  const person = await tx.db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true },
  });
  await queueMail(tx, letterTo(person));
}
