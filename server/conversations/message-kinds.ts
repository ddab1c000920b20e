import { z } from 'zod';

// Signs about other messages: they wait for no answer, open no window and count as nothing unread.
export const passiveKinds = ['reaction', 'edit', 'revoke', 'system', 'request_welcome'];

const names = new Map([
  ['image', 'Photo'],
  ['video', 'Video'],
  ['audio', 'Voice message'],
  ['document', 'Document'],
  ['sticker', 'Sticker'],
  ['location', 'Location'],
  ['contacts', 'Contact'],
  ['order', 'Order'],
  ['reaction', 'Reaction'],
  ['edit', 'Edited message'],
  ['revoke', 'Deleted message'],
  ['system', 'Notice from WhatsApp'],
  ['interactive', 'Answer to a form'],
  ['unsupported', 'Message of a kind that WhatsApp does not pass on'],
]);

/** What a kind is called where its own bubble is missing: "Photo", or "Message of kind “poll”". */
export const kindName = (kind: string): string => names.get(kind) ?? `Message of kind “${kind}”`;

// Kinds whose body says everything.
const plain = new Set(['text', 'buttons', 'button_reply', 'list_reply']);

/** Whether `body` is the whole message; otherwise there is more in its raw content. */
export const isPlain = (kind: string): boolean => plain.has(kind);

/** One line for a list: the text itself, or the kind and what it says beside it. */
export function summary(kind: string, body: string): string {
  if (isPlain(kind)) return body;
  return body === '' ? kindName(kind) : `${kindName(kind)} · ${body}`;
}

const offered = z.object({ buttons: z.array(z.object({ id: z.string(), title: z.string() })) });

/** The reply buttons that one of our messages offers, from its content; none for other kinds. */
export function buttonsIn(kind: string, content: unknown): { id: string; title: string }[] {
  const known = kind === 'buttons' ? offered.safeParse(content) : undefined;
  return known?.success ? known.data.buttons : [];
}
