import { createHash, randomBytes } from 'node:crypto';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { toBase32 } from './totp.ts';

const count = 10;
/** Four groups of four letters: 80 bits, which nobody guesses, so that a plain digest keeps them. */
const form = /^[a-z2-7]{16}$/;

/** Ten new codes, and the old ones are worth nothing. They can be shown now and never again. */
export async function makeRecoveryCodes({ db }: PlatformTx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, () => toBase32(randomBytes(10)).toLowerCase());
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: digest(code) })) });
  return codes.map((code) => code.match(/.{4}/g)?.join('-') ?? code);
}

/** Whether it looks like one, however it was typed. */
export const isRecoveryCode = (typed: string): boolean => form.test(plain(typed));

/** Uses a code up; returns how many are left, or undefined when it opens nothing. */
export async function takeRecoveryCode({ db }: PlatformTx, userId: string, typed: string) {
  const { count: taken } = await db.recoveryCode.deleteMany({
    where: { userId, codeHash: digest(plain(typed)) },
  });
  return taken === 1 ? db.recoveryCode.count({ where: { userId } }) : undefined;
}

const plain = (typed: string) => typed.toLowerCase().replaceAll(/[\s-]/g, '');
const digest = (code: string) => new Uint8Array(createHash('sha256').update(code).digest());
