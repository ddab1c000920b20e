import { z } from 'zod';

/** An e-mail address as a login keeps it. */
export const emailForm = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'That is no e-mail address.')
  .pipe(z.email('That is no e-mail address.'));

/** What others read of somebody: no line breaks, nothing that cannot be seen. */
export const nameForm = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);

/** A password as it is typed; whether it is good enough, `demandGoodPassword` says. */
export const passwordForm = z.string().min(1).max(1000);
