import { z } from 'zod';
import { Prisma } from '#server/db/sql.ts';

const form = z.string().regex(/^\d{1,15}_[0-9a-f-]{36}$/);

/** The place after which the next page begins: a row's time and id. It stays right while new rows come. */
export const cursorAt = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/** `and (time, id) < (…)` for the page after a cursor; nothing for the first page. The columns are ours, never input. */
export function beforeCursor(cursor: string | null, columns: Prisma.Sql): Prisma.Sql {
  const known = form.safeParse(cursor);
  if (!known.success) return Prisma.empty;
  const [time = '', id = ''] = known.data.split('_');
  return Prisma.sql`and (${columns}) < (${new Date(Number(time))}::timestamptz, ${id}::uuid)`;
}
