import { type Limit, neighbourhood, spend } from './limits.ts';

// Per address and login: whoever tries at another address holds up nobody here. Argon2 takes 0.1 s of a core, so this
// also bounds what strangers can cost.
const attempts: Limit = { name: 'sign-in', most: 30, seconds: 60 };
// Per address alone, for somebody who tries many logins.
const addresses: Limit = { name: 'sign-in address', most: 200, seconds: 60 };

/** Counts one attempt; returns the seconds to wait when there were too many, else 0. */
export function countSignIn(address: string, email: string): Promise<number> {
  const near = neighbourhood(address);
  return spend({ limit: addresses, of: near }, { limit: attempts, of: `${near} ${email}` });
}
