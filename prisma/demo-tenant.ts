import { demoPassword } from '#server/auth/demo-logins.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { addTenant } from './add-tenant.ts';
import { demoScript } from './demo-script.ts';

// Forked by the browser tests: makes one more tenant like those of the demo world for each message that comes, with an
// owner, two agents and a number of its own, and answers with them. Tell the simulated Meta of the number with
// POST /_sim/numbers. Ends with whoever asked.

type Wish = { slug: string; botOff: boolean; tier?: string };

let made = 0;
process.on('message', (wish: Wish) => void make(wish).then((tenant) => process.send?.(tenant)));
process.on('disconnect', () => process.exit());

async function make({ slug, botOff, tier }: Wish) {
  made += 1;
  const digits = String(Date.now()).slice(-9) + String((process.pid + made) % 1000).padStart(3, '0');
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
      ...(tier !== undefined && { tier }),
      script: demoScript(name),
      members: [
        { ...owner, role: 'owner', password: demoPassword },
        ...agents.map((agent) => ({ ...agent, role: 'agent' as const, password: demoPassword })),
      ],
      channels: [{ ...ids, key: slug, name: `${name} line`, accessToken: token, botOn: !botOff }],
    }),
  );
  return { slug, name, password: demoPassword, owner, agents, ...number };
}
