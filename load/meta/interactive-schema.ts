import { z } from 'zod';
import { mediaSource, shortText } from './message-text.ts';

// Limits: Meta's reference of interactive messages. The sentences are those Meta answers with, where they are known.
const body = (max: number) =>
  z.strictObject({ text: shortText(max, `Body text length invalid. Min length: 1, Max length: ${max}`) });
const footer = z.strictObject({
  text: shortText(60, 'Footer text length invalid. Min length: 1, Max length: 60'),
});
const textHeader = z.strictObject({
  type: z.literal('text'),
  text: shortText(60, 'Header text length invalid. Min length: 1, Max length: 60'),
});
const header = z.discriminatedUnion('type', [
  textHeader,
  z.strictObject({ type: z.literal('image'), image: mediaSource({}) }),
  z.strictObject({ type: z.literal('video'), video: mediaSource({}) }),
  z.strictObject({
    type: z.literal('document'),
    document: mediaSource({ filename: z.string().optional() }),
  }),
]);

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({
    id: shortText(256, 'Button id length invalid. Min length: 1, Max length: 256'),
    title: shortText(20, 'Button title length invalid. Min length: 1, Max length: 20'),
  }),
});

const buttonCount = 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3';

const buttons = z.strictObject({
  type: z.literal('button'),
  header: header.optional(),
  body: body(1024),
  footer: footer.optional(),
  action: z.strictObject({
    buttons: z
      .array(replyButton)
      .min(1, buttonCount)
      .max(3, buttonCount)
      .refine((all) => isUnique(all.map(({ reply }) => reply.title)), 'Button titles must be unique')
      .refine((all) => isUnique(all.map(({ reply }) => reply.id)), 'Button ids must be unique'),
  }),
});

const row = z.strictObject({
  id: shortText(200, 'Row id is too long. Max length is 200'),
  title: shortText(24, 'Row title is too long. Max length is 24'),
  description: shortText(72, 'Row description is too long. Max length is 72').optional(),
});

const section = z.strictObject({
  title: shortText(24, 'Section title is too long. Max length is 24').optional(),
  rows: z.array(row).min(1, 'A section must have at least one row'),
});

const list = z.strictObject({
  type: z.literal('list'),
  header: textHeader.optional(),
  body: body(4096),
  footer: footer.optional(),
  action: z.strictObject({
    button: shortText(20, 'Button label is too long. Max length is 20'),
    sections: z
      .array(section)
      .min(1, 'A list must have at least one section')
      .max(10, 'Total section count exceed max allowed count: 10')
      .refine(
        (all) => all.flatMap(({ rows }) => rows).length <= 10,
        'Total row count exceed max allowed count: 10',
      )
      .refine(
        (all) => all.length === 1 || all.every(({ title }) => title !== undefined),
        'Section title is required if there is more than one section',
      ),
  }),
});

const ctaUrl = z.strictObject({
  type: z.literal('cta_url'),
  header: header.optional(),
  body: body(1024),
  footer: footer.optional(),
  action: z.strictObject({
    name: z.literal('cta_url'),
    parameters: z.strictObject({
      display_text: shortText(20, 'Display text length invalid. Min length: 1, Max length: 20'),
      url: z.url({ protocol: /^https?$/ }),
    }),
  }),
});

const askLocation = z.strictObject({
  type: z.literal('location_request_message'),
  body: body(1024),
  action: z.strictObject({ name: z.literal('send_location') }),
});

const askContact = z.strictObject({
  type: z.literal('request_contact_info'),
  body: body(1024),
  action: z.strictObject({ name: z.literal('request_contact_info') }),
});

/** What is taken in its outline only. */
const outline = z.looseObject({
  type: z.enum([
    'flow',
    'product',
    'product_list',
    'catalog_message',
    'carousel',
    'address_message',
    'call_permission_request',
    'voice_call',
    'order_details',
    'order_status',
  ]),
  action: z.looseObject({}),
});

export const interactive = z.discriminatedUnion('type', [
  buttons,
  list,
  ctaUrl,
  askLocation,
  askContact,
  outline,
]);

function isUnique(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
