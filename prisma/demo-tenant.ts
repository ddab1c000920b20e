import { demoPassword } from '#server/auth/demo-logins.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { disconnect } from '#server/db/client.ts';
import { addTenant } from './add-tenant.ts';
import { demoScript } from './demo-script.ts';

// node prisma/demo-tenant.ts <slug> [--bot-off]
// One more tenant like those of the demo world, with an owner, two agents and a number of its own, told as JSON. The browser
// tests give each of theirs one; tell the simulated Meta of the number with POST /_sim/numbers.

const [slug = ''] = process.argv.slice(2);
const isBotOn = !process.argv.includes('--bot-off');
const digits = String(Date.now()).slice(-9) + String(process.pid % 1000).padStart(3, '0');
const name = `Shop ${slug}`;
const number = {
  phoneNumberId: `777${digits}`,
  displayPhoneNumber: `1555${digits.slice(-7)}`,
  wabaId: `888${digits}`,
  portfolioId: `999${digits}`,
  token: `demo-token-${slug}`,
};
const agents = [
  { email: `mara@${slug}.example`, name: 'Mara Lindqvist' },
  { email: `tomas@${slug}.example`, name: 'Tomás Rivera' },
];
const owner = { email: `ines@${slug}.example`, name: 'Ines Okafor' };
const { token, ...ids } = number;

await asPlatform((tx) =>
  addTenant(tx, {
    slug,
    name,
    timeZone: 'Europe/Madrid',
    script: demoScript(name),
    members: [
      { ...owner, role: 'owner', password: demoPassword },
      ...agents.map((agent) => ({ ...agent, role: 'agent' as const, password: demoPassword })),
    ],
    channels: [{ ...ids, key: slug, name: `${name} line`, accessToken: token, botOn: isBotOn }],
  }),
);
await disconnect();
console.log(JSON.stringify({ slug, name, password: demoPassword, owner, agents, ...number }));
