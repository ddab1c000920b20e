/**
 * An array as PostgreSQL reads one from text, for a parameter that is cast (`::text[]`, `::uuid[]`, `::int[]`). One
 * parameter of thousands of values costs Prisma and the driver as much as one of one.
 */
export function array(values: readonly (string | number | null)[]): string {
  let text = '{';
  for (const [index, value] of values.entries()) {
    if (index > 0) text += ',';
    if (value === null) text += 'NULL';
    else if (typeof value === 'number' || plain.test(value)) text += value;
    else text += `"${special.test(value) ? value.replace(specials, '\\$&') : value}"`;
  }
  return `${text}}`;
}

// Ids and numbers. A word could be NULL.
const plain = /^[\d-][\da-f-]*$/;
const special = /["\\]/;
const specials = /["\\]/g;
