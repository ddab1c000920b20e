/** JSON for a jsonb parameter; null stays SQL's null. */
export const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
