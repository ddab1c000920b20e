import type { PoolClient } from 'pg';
import { statementName } from './statement-name.ts';

export type Parameter =
  | string
  | number
  | boolean
  | Date
  | Uint8Array
  | null
  | undefined
  | readonly Parameter[];

/** SQL with parameters: rows, or how many it changed. Prisma's transactions fit this form. */
export type Sql = {
  $queryRaw<Rows>(text: TemplateStringsArray, ...values: Parameter[]): Promise<Rows>;
  $executeRaw(text: TemplateStringsArray, ...values: Parameter[]): Promise<number>;
  $queryRawUnsafe<Rows>(text: string, ...values: Parameter[]): Promise<Rows>;
};

const texts = new WeakMap<TemplateStringsArray, string>();

/** The template as PostgreSQL reads it, with $1, $2 … where its values stand. */
function textOf(template: TemplateStringsArray): string {
  const known = texts.get(template);
  if (known !== undefined) return known;
  const text = template.reduce((before, part, index) => `${before}$${index}${part}`);
  texts.set(template, text);
  return text;
}

/** Speaks SQL on this connection; each text is prepared once. Rows are what `pg` makes of them. */
export function sqlOn(connection: PoolClient): Sql {
  const run = (text: string, values: Parameter[]) =>
    connection.query({ name: statementName({ sql: text }), text, values });
  return {
    $queryRaw: async <Rows>(template: TemplateStringsArray, ...values: Parameter[]) =>
      (await run(textOf(template), values)).rows as Rows,
    $executeRaw: async (template, ...values) => (await run(textOf(template), values)).rowCount ?? 0,
    $queryRawUnsafe: async <Rows>(text: string, ...values: Parameter[]) =>
      (await run(text, values)).rows as Rows,
  };
}
