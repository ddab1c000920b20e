import { demoPassword } from '#server/auth/demo-logins.ts';
import { demandGoodPassword } from '#server/auth/password-rules.ts';
import { Refusal } from '#server/refusal.ts';
import type { Ask } from './secrets.ts';

const fewest = 10;
// What the sign-in takes.
const most = 200;

/** The password for a new login, from SETUP_PASSWORD or stdin. Throws Refusal when it is too weak to open anything. */
export async function askPassword(ask: Ask, email: string): Promise<string> {
  const password = await ask('SETUP_PASSWORD', `Password for ${email}`);
  if (password.length < fewest || password.length > most)
    throw new Refusal('bad-input', 'password', `A password takes ${fewest} to ${most} characters.`);
  if (password === demoPassword)
    throw new Refusal('bad-input', 'password', 'Everybody knows the demo’s password: choose another one.');
  demandGoodPassword(password, email);
  return password;
}
