import { asPlatform } from '#server/db/as-platform.ts';
import { mailWay } from './mail-way.ts';

export type ShownLetter = {
  id: string;
  to: string;
  subject: string;
  text: string;
  link: string | null;
  at: string;
};

/** The demo's newest letters, for everybody to read; undefined where letters are nobody's business. */
export async function readOutbox(): Promise<ShownLetter[] | undefined> {
  if (mailWay() !== 'outbox') return undefined;
  const rows = await asPlatform(({ db }) =>
    db.letter.findMany({
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, recipient: true, subject: true, text: true, link: true, createdAt: true },
      take: 100,
    }),
  );
  return rows.map(({ recipient, createdAt, text, ...row }) => ({
    ...row,
    to: recipient,
    text: text ?? '',
    at: createdAt.toISOString(),
  }));
}
