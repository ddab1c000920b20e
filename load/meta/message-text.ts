import { z } from 'zod';

/** A text of 1 to `max` characters, counted as a person would (an emoji beyond the first plane is one). */
export function shortText(max: number, otherwise: string) {
  return z.string().refine((text) => text.length > 0 && isAtMost(text, max), otherwise);
}

export function isAtMost(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && [...text].length <= max);
}

/** Media by id or by link, never both. */
export function mediaSource<T extends z.core.$ZodLooseShape>(more: T) {
  return z
    .strictObject({
      id: z.string().min(1).optional(),
      link: z.url({ protocol: /^https?$/ }).optional(),
      ...more,
    })
    .superRefine((media: { id?: unknown; link?: unknown }, context) => {
      const given = [media.id, media.link].filter((source) => source !== undefined).length;
      // With neither, the path leads to what is missing: that is another code than a wrong value.
      if (given === 0) context.addIssue({ code: 'custom', path: ['id'], message: 'id or link is required' });
      if (given === 2) context.addIssue({ code: 'custom', message: 'Only one of id and link may be given' });
    });
}

/** What a field holds, for a sentence or to be read as text; never throws, whatever JSON may hold. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
