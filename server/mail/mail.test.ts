import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { startMailServer } from '#server/testing/mail-server.ts';

const { owner } = testDatabase();
let server: Awaited<ReturnType<typeof startMailServer>>;
const letter = (to = 'mara@acme.example') => ({ to, subject: 'Hello Mara', text: 'Come in.' });
const rows = async () => (await owner.query('select * from letters order by created_at')).rows;
const jobs = async (): Promise<{ data: { letterId: string }; later: boolean }[]> =>
  (
    await owner.query(
      "select data, start_after > created_on as later from pgboss.job where name = 'send-mail' order by created_on",
    )
  ).rows;

beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.is('takes');
  server.received.length = 0;
  await owner.query('delete from letters; delete from pgboss.job');
});

/** The room with these settings, which are read once. */
async function mailWith(settings: Record<string, string>) {
  vi.resetModules();
  for (const name of ['SMTP_URL', 'PARLEY_DEMO']) delete process.env[name];
  Object.assign(process.env, settings);
  const [{ queueMail }, { deliverLetters, pauseAfter }, { sweepLetters }, { readOutbox }, doors] =
    await Promise.all([
      import('#server/mail/send-mail.ts'),
      import('#server/mail/deliver-letter.ts'),
      import('#server/mail/sweep-letters.ts'),
      import('#server/mail/read-outbox.ts'),
      import('#server/db/as-platform.ts'),
    ]);
  return { queueMail, deliverLetters, pauseAfter, sweepLetters, readOutbox, ...doors, end };
}

async function end() {
  await (await import('#server/mail/transport.ts')).closeMail();
  await (await import('#server/jobs/boss.ts')).stopBoss();
  await (await import('#server/db/client.ts')).disconnect();
}

type Mail = Awaited<ReturnType<typeof mailWith>>;
async function withMail(settings: Record<string, string>, work: (mail: Mail) => Promise<void>) {
  const mail = await mailWith(settings);
  try {
    await work(mail);
  } finally {
    await mail.end();
  }
}
const withSmtp = (work: (mail: Mail) => Promise<void>) => withMail({ SMTP_URL: server.url }, work);
const queue = (mail: Mail, one: Parameters<Mail['queueMail']>[1]) =>
  mail.asPlatform((tx) => mail.queueMail(tx, one));
const sendAll = async (mail: Mail) => mail.deliverLetters((await jobs()).map(({ data }) => data));

describe('a letter', () => {
  test('is sent once, however often its job runs, and what it said is gone', () =>
    withSmtp(async (mail) => {
      await queue(mail, { ...letter(), link: 'http://localhost:3000/confirm/secret' });
      await Promise.all([sendAll(mail), sendAll(mail)]);
      await sendAll(mail);
      expect(server.received).toHaveLength(1);
      expect(server.received[0]).toMatch(/^To: mara@acme\.example$/m);
      expect(server.received[0]).toMatch(/^Subject: Hello Mara$/m);
      expect(server.received[0]).toMatch(/^http:\/\/localhost:3000\/confirm\/secret$/m);
      expect(await rows()).toMatchObject([
        { text: null, link: null, sent_at: expect.any(Date), attempts: 1 },
      ]);
      expect(server.received[0]).toContain(`Message-ID: <${(await rows())[0].id}@localhost>`);
    }));

  test('is not there when its transaction failed', () =>
    withSmtp(async (mail) => {
      const failing = mail.asPlatform(async (tx) => {
        await mail.queueMail(tx, letter());
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect([await rows(), await jobs()]).toEqual([[], []]);
    }));

  test('to a busy server is tried again later', () =>
    withSmtp(async (mail) => {
      await queue(mail, letter());
      server.is('busy');
      await sendAll(mail);
      expect(await rows()).toMatchObject([{ sent_at: null, failed_at: null, claimed_at: null, attempts: 1 }]);
      expect((await jobs()).map(({ later }) => later)).toEqual([false, true]);
      server.is('takes');
      await sendAll(mail);
      expect(server.received).toHaveLength(1);
    }));

  test('that the server refuses for good is not tried again, and says why', () =>
    withSmtp(async (mail) => {
      await queue(mail, letter());
      server.is('refuses');
      await sendAll(mail);
      server.is('takes');
      await sendAll(mail);
      expect(server.received).toEqual([]);
      expect(await rows()).toMatchObject([
        { failed_at: expect.any(Date), failure: expect.stringContaining('no such mailbox'), text: null },
      ]);
    }));

  test('that the server may have is never sent again', () =>
    withSmtp(async (mail) => {
      await queue(mail, letter());
      server.is('cuts');
      await sendAll(mail);
      server.is('takes');
      await sendAll(mail);
      await mail.sweepLetters();
      await sendAll(mail);
      expect(server.received).toEqual([]);
      expect(await rows()).toMatchObject([{ failed_at: expect.any(Date), sent_at: null }]);
    }));

  test('whose sender died is given up, and one whose job was lost is asked for again', () =>
    withSmtp(async (mail) => {
      await queue(mail, letter('dead@acme.example'));
      await owner.query("update letters set claimed_at = now() - interval '6 minutes'");
      await queue(mail, letter('lost@acme.example'));
      await owner.query("delete from pgboss.job; update letters set due_at = now() - interval '2 minutes'");
      await mail.sweepLetters();
      await sendAll(mail);
      expect(server.received).toHaveLength(1);
      expect(server.received[0]).toContain('To: lost@acme.example');
      expect(await rows()).toMatchObject([{ failure: 'its sender died' }, { failure: null }]);
    }));

  test('is one person’s, whatever the address looks like, and its subject one line', () =>
    withSmtp(async (mail) => {
      await queue(mail, {
        ...letter('a,b@acme.example'),
        subject: 'From Evil\r\nBcc: all@acme.example\u0000 team',
        text: '.\r\nDATA',
      }).catch(() => undefined);
      await queue(mail, { ...letter(), subject: 'From Evil\r\nBcc: all@acme.example', text: '.\nQUIT' });
      await sendAll(mail);
      for (const text of server.received) expect(text).not.toMatch(/^Bcc:/m);
      expect(server.received.at(-1)).toContain('Subject: From Evil Bcc: all@acme.example');
    }));
});

test('tries wait longer and longer, up to an hour', () =>
  withSmtp(async ({ pauseAfter }) => {
    expect([1, 2, 3, 9, 10, 30].map(pauseAfter)).toEqual([10, 20, 40, 2560, 3600, 3600]);
  }));

test('a tenant’s letter goes with the tenant, and no tenant sees a person’s own', () =>
  withSmtp(async (mail) => {
    const { withTenant } = await import('#server/db/with-tenant.ts');
    const tenantId = newId();
    await owner.query('insert into tenants (id, slug, name) values ($1, $2, $2)', [
      tenantId,
      `t-${tenantId}`,
    ]);
    await queue(mail, letter('own@acme.example'));
    const seen = await withTenant(tenantId, async (tx) => {
      await mail.queueMail(tx, letter('invited@acme.example'));
      return tx.db.letter.findMany({ select: { recipient: true } });
    });
    expect(seen).toEqual([{ recipient: 'invited@acme.example' }]);
    await owner.query('delete from tenants where id = $1', [tenantId]);
    expect(await rows()).toMatchObject([{ recipient: 'own@acme.example' }]);
  }));

describe('without a mail server', () => {
  test('the demo shows its letters', () =>
    withMail({ PARLEY_DEMO: '1' }, async (mail) => {
      await queue(mail, { ...letter(), link: 'http://localhost:3000/x' });
      expect(await jobs()).toEqual([]);
      expect(await mail.readOutbox()).toMatchObject([
        { to: 'mara@acme.example', text: 'Come in.', link: 'http://localhost:3000/x' },
      ]);
    }));

  test('a real installation says that it cannot send, and shows nothing', () =>
    withMail({}, async (mail) => {
      await expect(queue(mail, letter())).rejects.toThrow(/cannot send e-mail/);
      expect(await rows()).toEqual([]);
      expect(await mail.readOutbox()).toBeUndefined();
    }));

  test('and neither does one with a mail server show its letters', () =>
    withMail({ SMTP_URL: server.url, PARLEY_DEMO: '1' }, async (mail) => {
      await queue(mail, letter());
      expect(await mail.readOutbox()).toBeUndefined();
    }));
});
