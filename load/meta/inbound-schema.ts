import { z } from 'zod';

const digits = z
  .string()
  .transform((number) => number.replace(/[\s()+-]/g, ''))
  .pipe(z.string().regex(/^[1-9]\d{5,14}$/, 'must be 6 to 15 digits'));

const userId = z
  .string()
  .regex(
    /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/,
    'must be a business-scoped id such as US.13491208655302741918',
  );

const reply = z.strictObject({ id: z.string(), title: z.string(), description: z.string().optional() });

/** Somebody: by number, by business-scoped id, or both. */
export const personFields = {
  from: digits.optional(),
  from_user_id: userId.optional(),
};

/** `POST /_sim/inbound`. Beside the fields here, a body under the name of `type` is passed on as it is. */
export const inboundRequest = z
  .looseObject({
    phone_number_id: z.string(),
    ...personFields,
    name: z.string().min(1).optional(),
    username: z
      .string()
      .transform((username) => username.replace(/^@/, ''))
      .optional(),
    type: z.string().optional(),
    text: z
      .string()
      .or(z.looseObject({ body: z.string() }))
      .optional(),
    button_reply: reply.optional(),
    list_reply: reply.optional(),
    message: z.looseObject({ type: z.string() }).optional(),
    context: z.string().or(z.looseObject({})).optional(),
    timestamp: z.number().int().or(z.string().min(1)).optional(),
    id: z.string().min(1).optional(),
  })
  .refine((request) => request.from !== undefined || request.from_user_id !== undefined, {
    message: 'one of from and from_user_id must be given',
  });

export type InboundRequest = z.infer<typeof inboundRequest>;
