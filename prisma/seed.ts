import { world } from '#load/meta/world.ts';
import { demoPassword } from '#server/auth/demo-logins.ts';
import { scriptForm } from '#server/bot/script.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { disconnect } from '#server/db/client.ts';
import { newId } from '#server/db/id.ts';
import { addTenant, addUser, type NewTenant } from './add-tenant.ts';
import { demoScript } from './demo-script.ts';

/** Fills an empty database with the demo world, all of it or nothing; one that has a tenant is left alone. */
export async function seedDemoWorld(_databaseUrl: string, { log }: { log: (line: string) => void }) {
  await asPlatform(async (tx) => {
    if (await tx.db.tenant.findFirst({ select: { id: true } })) return;
    await tx.db.tier.createMany({ data: demoTiers });
    for (const tenant of [acme(), globex(), tiny()]) await addTenant(tx, tenant);
    await addUser(tx, {
      email: 'admin@parley.example',
      name: 'Superadmin',
      superadmin: true,
      password: demoPassword,
    });
    log('Tenants acme, globex and tiny');
  });
  await disconnect();
}

/** Beside those that every installation offers: room for whatever is tried, and a quota that one reaches by hand. */
const demoTiers = [
  {
    ...{ id: newId(), name: 'Demo', position: 10, leads: 150_000, activeConversations: 2_000 },
    ...{ messages: 1_000_000, peakRate: 500, burst: 5_000, members: 100, channels: 20 },
  },
  {
    ...{ id: newId(), name: 'Five a day', position: 11, leads: 1_000, activeConversations: 5 },
    ...{ messages: 5, peakRate: 1, burst: 10, members: 5, channels: 2 },
  },
];

const member = (email: string, name: string, role: 'owner' | 'agent') => ({
  email,
  name,
  role,
  password: demoPassword,
});

function channel(phoneNumberId: string, key: string, botOn: boolean): NewTenant['channels'][number] {
  const number = world.numbers.find((one) => one.phoneNumberId === phoneNumberId);
  const app = world.apps.find((one) => one.appId === number?.appId);
  if (!number || !app) throw new Error(`the demo world has no number ${phoneNumberId}`);
  return {
    key,
    name: number.verifiedName,
    phoneNumberId,
    displayPhoneNumber: number.displayPhoneNumber,
    botOn,
    wabaId: number.wabaId,
    portfolioId: number.businessId,
    accessToken: number.token,
    ...(app.webhookPath.endsWith(`/${key}`) && { app: { secret: app.secret, verifyToken: app.verifyToken } }),
  };
}

const acme = (): NewTenant => ({
  slug: 'acme',
  name: 'Acme Solar',
  tier: 'Demo',
  timeZone: 'Europe/Madrid',
  script: demoScript('Acme Solar'),
  members: [
    member('owner@acme.example', 'Ines Okafor', 'owner'),
    member('agent@acme.example', 'Mara Lindqvist', 'agent'),
  ],
  channels: [channel('106540352242922', 'acme', true)],
});

const globex = (): NewTenant => ({
  slug: 'globex',
  name: 'Globex',
  tier: 'Demo',
  timeZone: 'America/New_York',
  script: demoScript('Globex'),
  members: [member('owner@globex.example', 'Tomás Rivera', 'owner')],
  channels: [channel('106540352242923', 'globex', false), channel('106540352242925', 'globex-own', false)],
});

/** One message a turn, whatever is said: its small quota can be counted off. */
const tiny = (): NewTenant => ({
  slug: 'tiny',
  name: 'Tiny',
  tier: 'Five a day',
  timeZone: 'UTC',
  script: scriptForm.parse({
    start: 'hello',
    steps: [
      {
        type: 'ask',
        id: 'hello',
        title: 'Hello',
        say: 'Hello from Tiny. What is on your mind?',
        label: 'Last said',
        expects: 'text',
        retry: 'Please write it in words.',
        goTo: 'hello',
      },
      {
        type: 'handover',
        id: 'person',
        title: 'A person takes over',
        say: 'A person at Tiny answers you here soon.',
      },
    ],
    answers: [],
    person: { words: ['person', 'human'], goTo: 'person' },
    misunderstood: 'Please write it in words.',
    mostMisses: 10,
  }),
  members: [member('owner@tiny.example', 'Olga Tiny', 'owner')],
  channels: [channel('106540352242924', 'tiny', true)],
});
