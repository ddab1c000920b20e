import { hashPassword } from '#server/auth/passwords.ts';
import { scriptForm } from '#server/bot/script.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { disconnect } from '#server/db/client.ts';
import { newId } from '#server/db/id.ts';
import { addTenant } from './add-tenant.ts';

// node prisma/load-tenants.ts <count> [--bot-on] [--agents] [--sold <messages a second>]
// Tenants for a load run, one number each, told as JSON. Nobody signs in to them, but for an owner in each of the first
// five when there shall be agents. Their bot says one thing to whatever is written, for ever, so that messages in and
// out can be counted against each other.

const count = Number(process.argv[2] ?? 100);
const mostAgents = process.argv.includes('--agents') ? 5 : 0;
const password = 'a load agent signs in';
const passwordHash = mostAgents > 0 ? await hashPassword(password) : '';
const isBotOn = process.argv.includes('--bot-on');
const script = scriptForm.parse({
  start: 'hello',
  steps: [
    {
      type: 'ask',
      id: 'hello',
      title: 'Hello',
      say: 'Thank you for your message, {name}. We have written it down. Is there anything else?',
      label: 'Last said',
      expects: 'text',
      retry: 'Please write it in words.',
      goTo: 'hello',
    },
    { type: 'handover', id: 'person', title: 'A person takes over', say: 'A person answers you here soon.' },
  ],
  answers: [],
  person: { words: ['☎'], goTo: 'person' },
  misunderstood: 'Please write it in words.',
  mostMisses: 10,
});

const tenants = Array.from({ length: count }, (_, index) => {
  const digits = String(index).padStart(4, '0');
  return {
    slug: `load-${digits}`,
    name: `Load ${digits}`,
    number: {
      phoneNumberId: `77000000000${digits}`,
      displayPhoneNumber: `1555010${digits}`,
      wabaId: `88000000000${digits}`,
      portfolioId: `99000000000${digits}`,
    },
    token: `load-token-${digits}`,
    ...(index < mostAgents && {
      agent: { slug: `load-${digits}`, email: `agent-${digits}@load.test`, password },
    }),
  };
});

const soldAt = process.argv.indexOf('--sold');
const sold = soldAt < 0 ? undefined : Number(process.argv[soldAt + 1]);
// Unless told, far more than any run sends, but counted and looked up like everybody's.
const tier = {
  ...{ id: newId(), name: 'Load', position: 20, leads: 100_000_000, activeConversations: 100_000_000 },
  ...{
    messages: 1_000_000_000,
    peakRate: sold ?? 1_000_000,
    burst: sold === undefined ? 1_000_000 : Math.ceil(2 * sold),
  },
  ...{ members: 100, channels: 100 },
};

await asPlatform(async (tx) => {
  await tx.db.tier.createMany({ data: [tier], skipDuplicates: true });
  for (const { slug, name, number, token, agent } of tenants)
    await addTenant(tx, {
      ...{ slug, name, script, tier: tier.name },
      timeZone: 'UTC',
      members: agent
        ? [{ email: agent.email, name: 'Load Agent', passwordHash, role: 'owner' as const }]
        : [],
      channels: [{ ...number, key: slug, name, accessToken: token, botOn: isBotOn }],
    });
});
await disconnect();
console.log(
  JSON.stringify(tenants.map(({ name, number, token, agent }) => ({ ...number, name, token, agent }))),
);
