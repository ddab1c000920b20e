import { z } from 'zod';

// The policy of the page forbids code from text; without this the library would try it once.
z.config({ jitless: true });

/** Somebody with WhatsApp. `waId` is digits; who hides the number has a username and the business-scoped id only. */
export const person = z.object({
  name: z.string(),
  userId: z.string(),
  waId: z.string().optional(),
  username: z.string().optional(),
  /** Names the person in a chat's address. */
  address: z.string(),
  /** The code with which every message to this number fails. */
  failsWith: z.number().optional(),
  unread: z.number().default(0),
});
export type Person = z.infer<typeof person>;

export const businessNumber = z.object({
  phoneNumberId: z.string(),
  displayPhoneNumber: z.string(),
  verifiedName: z.string(),
});
export type BusinessNumber = z.infer<typeof businessNumber>;

const reply = z.object({ id: z.string(), title: z.string(), description: z.string().optional() });
export type Reply = z.infer<typeof reply>;

const list = z.object({
  button: z.string(),
  sections: z.array(z.object({ title: z.string().optional(), rows: z.array(reply) })),
});
export type List = z.infer<typeof list>;

/** One message on the phone. `out`: the business wrote it. What a kind has beside its text is left out where it has another shape. */
export const bubble = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  at: z.iso.datetime(),
  kind: z.string(),
  text: z.string(),
  status: z.enum(['accepted', 'sent', 'delivered', 'read', 'failed']),
  failure: z.object({ code: z.number(), title: z.string() }).optional(),
  quoted: z.object({ id: z.string(), text: z.string() }).optional(),
  header: z.object({ type: z.string(), text: z.string().optional() }).optional().catch(undefined),
  footer: z.string().optional(),
  buttons: z.array(reply).optional().catch(undefined),
  list: list.optional().catch(undefined),
  link: z.object({ text: z.string(), url: z.string() }).optional().catch(undefined),
  media: z
    .object({
      link: z.string().optional(),
      filename: z.string().optional(),
      mime_type: z.string().optional(),
      voice: z.boolean().optional(),
    })
    .optional()
    .catch(undefined),
  location: z
    .object({ latitude: z.coerce.number(), longitude: z.coerce.number(), address: z.string().optional() })
    .optional()
    .catch(undefined),
  reactsTo: z.string().optional().catch(undefined),
});
export type Bubble = z.infer<typeof bubble>;

/** The knobs that the page shows; the simulator has more. */
export const behaviour = z.object({
  deliveredAfterMs: z.number(),
  skipDelivered: z.boolean(),
  readOnOpen: z.boolean(),
  duplicateWebhooks: z.boolean(),
  rateLimited: z.boolean(),
});
export type Behaviour = z.infer<typeof behaviour>;

export const clock = z.object({ now: z.iso.datetime(), offsetSeconds: z.number() });

/** One exchange between Meta and Parley. `status` is null where no answer came. */
export const exchange = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  direction: z.enum(['to-parley', 'from-parley']),
  kind: z.string(),
  summary: z.string(),
  outcome: z.string(),
  status: z.number().nullable(),
  ms: z.number(),
  detail: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    request: z.unknown(),
    response: z.unknown(),
  }),
});
export type Exchange = z.infer<typeof exchange>;

export const news = z.object({
  changed: z.array(z.string()),
  chats: z.array(z.object({ phone_number_id: z.string(), with: z.string() })),
});
export type News = z.infer<typeof news>;

export const written = z.object({ id: z.string() });
export const refused = z.object({ error: z.string() });
