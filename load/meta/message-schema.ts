import { z } from 'zod';
import { interactive } from './interactive-schema.ts';
import { isAtMost, mediaSource, shortText } from './message-text.ts';

const caption = shortText(1024, 'Caption is too long. Max length is 1024').optional();
const degrees = (max: number) =>
  z
    .number()
    .or(z.string().regex(/^-?\d+(\.\d+)?$/))
    .refine((value) => Math.abs(Number(value)) <= max, `Must be between -${max} and ${max}`);
const messageId = z.string().min(1, 'Invalid message id');

/** The body of each type of message, under the key of its name. */
export const bodies = {
  text: z.strictObject({
    body: z
      .string()
      .refine((text) => isAtMost(text, 4096), "Param text['body'] must be at most 4096 characters long."),
    preview_url: z.boolean().optional(),
  }),
  image: mediaSource({ caption }),
  video: mediaSource({ caption }),
  audio: mediaSource({ voice: z.boolean().optional() }),
  document: mediaSource({ caption, filename: z.string().min(1).optional() }),
  sticker: mediaSource({}),
  location: z.strictObject({
    latitude: degrees(90),
    longitude: degrees(180),
    name: z.string().optional(),
    address: z.string().optional(),
  }),
  contacts: z
    .array(z.looseObject({ name: z.looseObject({ formatted_name: z.string().min(1) }) }))
    .min(1, 'Contacts must not be empty')
    .max(257, 'Too many contacts. Max allowed count: 257'),
  reaction: z.strictObject({ message_id: messageId, emoji: z.string() }),
  interactive,
  template: z.looseObject({
    name: z
      .string()
      .regex(/^[a-z0-9_]{1,512}$/, 'Template name must be 1 to 512 characters of a-z, 0-9 and _'),
    language: z.looseObject({ code: z.string().min(2) }),
    components: z.array(z.looseObject({ type: z.string() })).optional(),
  }),
} as const;

export type MessageType = keyof typeof bodies;

export function isMessageType(type: unknown): type is MessageType {
  return typeof type === 'string' && Object.hasOwn(bodies, type);
}

/** What a message may carry beside its body. */
export const envelope = z.looseObject({
  recipient_type: z.literal('individual').optional(),
  context: z.strictObject({ message_id: messageId }).optional(),
  biz_opaque_callback_data: z
    .string()
    .refine(
      (data) => isAtMost(data, 512),
      'Param biz_opaque_callback_data must be at most 512 characters long.',
    )
    .optional(),
});
