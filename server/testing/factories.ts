import { createHmac } from 'node:crypto';
import { addTenant } from '#prisma/add-tenant.ts';
import { demoScript } from '#prisma/demo-script.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import type { Script } from '#server/bot/script.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { testSettings } from './settings.ts';

let made = 0;
let hash: Promise<string> | undefined;

/** Of "secret of the test", which every member of a test has: to hash it takes longer than to make the member. */
export const hashOfTests = (): Promise<string> => (hash ??= hashPassword('secret of the test'));

export type TestTenant = Awaited<ReturnType<typeof makeTenant>>;

/** A tenant with two members and one channel on the platform's app; `bot` says whether the bot answers there. */
export async function makeTenant({
  bot = true,
  script = demoScript('Acme'),
}: {
  bot?: boolean;
  script?: Script;
} = {}) {
  made += 1;
  const slug = `tenant-${process.pid}-${made}`;
  const phoneNumberId = `9${process.pid}${String(made).padStart(6, '0')}`;
  const passwordHash = await hashOfTests();
  const member = (name: string, role: 'owner' | 'agent') => ({
    ...{ name, role, email: `${name.toLowerCase()}@${slug}.example`, passwordHash },
  });
  return asPlatform(async (tx) => {
    const id = await addTenant(tx, {
      ...{ slug, name: `Tenant ${made}`, timeZone: 'Europe/Madrid', script },
      members: [member('Mara', 'agent'), member('Ines', 'owner')],
      channels: [
        {
          ...{ key: slug, name: 'Main line', phoneNumberId, displayPhoneNumber: '15550000000', botOn: bot },
          ...{ wabaId: `8${phoneNumberId}`, portfolioId: `portfolio-${made}`, accessToken: `token-${made}` },
        },
      ],
    });
    const channel = await tx.db.channel.findFirstOrThrow({ where: { tenantId: id } });
    const [mara, ines] = await tx.db.user.findMany({
      where: { email: { endsWith: `${slug}.example` } },
      orderBy: { name: 'desc' },
    });
    if (!mara || !ines) throw new Error('a tenant has two members');
    return {
      id,
      slug,
      name: `Tenant ${made}`,
      phoneNumberId,
      wabaId: channel.wabaId,
      channelId: channel.id,
      token: `token-${made}`,
      agent: mara,
      owner: ines,
    };
  });
}

/** A webhook's body with one text, as Meta writes it. `at` in Unix seconds, now unless told. */
export function textWebhook(
  phoneNumberId: string,
  {
    from = '16505551234',
    text = 'Hello',
    wamid,
    name = 'Alex Lind',
    at = Math.floor(Date.now() / 1000),
  }: { from?: string; text?: string; wamid: string; name?: string; at?: number | string },
) {
  return webhook(phoneNumberId, {
    contacts: [{ profile: { name }, wa_id: from }],
    messages: [{ from, id: wamid, timestamp: String(at), type: 'text', text: { body: text } }],
  });
}

/** A webhook's body with news of messages that were sent. */
export const statusWebhook = (phoneNumberId: string, statuses: object[]) =>
  webhook(phoneNumberId, { statuses });

/** The envelope around one change of field "messages". */
export function webhook(phoneNumberId: string, value: object): string {
  const metadata = { display_phone_number: '15550000000', phone_number_id: phoneNumberId };
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: 'waba', changes: [change] }] });
}

/** Meta's signature over a body. */
export const sign = (body: string | Uint8Array, secret: string = testSettings.META_APP_SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
