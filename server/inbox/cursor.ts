import { z } from 'zod';
import { Prisma } from '#server/db/sql.ts';

const form = z.string().regex(/^\d{1,15}_[0-9a-f-]{36}$/);

/** The place after which the next page begins: a row's time and id. It stays right while new rows come. */
export const cursorAt = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/** The place of a cursor; undefined for none, and for what is none. */
export function readCursor(cursor: string | null): { at: Date; id: string } | undefined {
  const known = form.safeParse(cursor);
  if (!known.success) return undefined;
  const [time = '', id = ''] = known.data.split('_');
  return { at: new Date(Number(time)), id };
}

/** `and (time, id) < (…)` for the page after a cursor; nothing for the first page. The columns are ours, never input. */
export function beforeCursor(cursor: string | null, columns: Prisma.Sql): Prisma.Sql {
  const place = readCursor(cursor);
  return place ? Prisma.sql`and (${columns}) < (${place.at}::timestamptz, ${place.id}::uuid)` : Prisma.empty;
}
