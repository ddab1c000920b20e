import { openDatabase } from './database.ts';

/** What a message that was answered 200 must be found as. */
export type Expected = {
  readonly wamid: string;
  readonly phoneNumberId: string;
  readonly from: string;
  readonly text: string;
};

const atOnce = 5_000;

/** Looks each message up in the database: how many are not there, are there twice, or stand with somebody else. */
export async function findMisfiled(url: string, expected: readonly Expected[]) {
  const database = await openDatabase(url);
  const sum = { lost: 0, doubled: 0, misfiled: 0 };
  try {
    for (let first = 0; first < expected.length; first += atOnce) {
      const part = expected.slice(first, first + atOnce);
      const rows = await database.ask<{ wamid: string; body: string; door: string; from: string | null }>(
        `select m.wamid, m.body, ch.phone_number_id as door,
                (select a.raw from addresses a where a.tenant_id = c.tenant_id and a.lead_id = c.lead_id
                   and a.kind = 'phone' limit 1) as "from"
         from messages m
         join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
         join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
         where m.wamid = any($1)`,
        [part.map(({ wamid }) => wamid)],
      );
      const found = Map.groupBy(rows, ({ wamid }) => wamid);
      for (const { wamid, phoneNumberId, from, text } of part) {
        const [row, second] = found.get(wamid) ?? [];
        if (!row) sum.lost += 1;
        else if (second) sum.doubled += 1;
        else if (row.door !== phoneNumberId || row.from !== from || row.body !== text) sum.misfiled += 1;
      }
    }
  } finally {
    await database.close();
  }
  return sum;
}
