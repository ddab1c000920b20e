import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { sealedTables } from './sealed-columns.ts';

const { owner } = testDatabase();

// Bytes that are no secret under the encryption key.
const others = [
  // digests
  ...['account_links.token_hash', 'invitations.token_hash', 'recovery_codes.code_hash', 'rate_limits.key'],
  // a webhook's raw body, and what people handed in or took away as a file
  ...['quarantine.payload', 'file_pieces.bytes'],
];

test('every column of bytes is replaced with the key, or is known to hold nothing that is sealed', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.atttypid = 'bytea'::regtype
       and not a.attisdropped`,
  );
  const sealed = sealedTables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`));
  expect(
    rows.map(({ name }) => name).sort(),
    'A sealed column belongs into server/rotate-key/sealed-columns.ts, any other one into this test.',
  ).toEqual([...sealed, ...others].sort());
});
