import { z } from 'zod';
import { personFields } from './inbound-schema.ts';

/** Who opens a chat. */
export const someone = z
  .strictObject({ phone_number_id: z.string(), ...personFields })
  .refine(
    (who) => who.from !== undefined || who.from_user_id !== undefined,
    'one of from and from_user_id must be given',
  );

/** Somebody new; the keys are those of the world. */
export const newPerson = z
  .strictObject({
    name: z.string().min(1),
    waId: personFields.from,
    userId: personFields.from_user_id,
    username: z.string().optional(),
  })
  .refine(
    (person) => person.waId !== undefined || person.userId !== undefined,
    'one of waId and userId must be given',
  );

const digits = z.string().regex(/^\d{6,20}$/, 'must be digits');
/** A number of a tenant that is not in the demo world. */
export const newNumber = z.strictObject({
  phoneNumberId: digits,
  displayPhoneNumber: z
    .string()
    .transform((number) => number.replace(/\D/g, ''))
    .pipe(digits),
  verifiedName: z.string().min(1),
  wabaId: digits,
  token: z.string().min(1),
  businessId: digits.optional(),
  appId: z.string().optional(),
});
/** A tenant's own app. */
export const newApp = z.strictObject({
  appId: digits,
  name: z.string().min(1).default('A tenant’s app'),
  secret: z.string().min(1),
  verifyToken: z.string().min(1),
  webhookPath: z.string().startsWith('/'),
});

/** One more token for an account. */
export const newToken = z.strictObject({ token: z.string().min(1), wabaId: digits });
/** A business that went through the sign-up dialog of this app. */
export const newSignup = z.strictObject({
  appId: digits,
  verifiedName: z.string().trim().min(1).max(100),
});

/** How far Meta's time moves, in seconds. */
export const advance = z.strictObject({ advanceSeconds: z.number().min(0).max(1e9) });
