import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

// Per address and login. Argon2 takes 0.1 s of a core, so this also bounds what strangers can cost.
const attempts = new RateLimiterMemory({ points: 30, duration: 60 });
// Per address alone, for somebody who tries many logins.
const addresses = new RateLimiterMemory({ points: 200, duration: 60 });

/** Counts one attempt; returns the seconds to wait when there were too many, else 0. */
export async function countSignIn(address: string, email: string): Promise<number> {
  try {
    const near = neighbourhood(address);
    await addresses.consume(near);
    await attempts.consume(`${near} ${email}`);
    return 0;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.ceil(error.msBeforeNext / 1000);
    throw error;
  }
}

/** Whoever has one IPv6 address has its whole /64. */
function neighbourhood(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const given = (part: string | undefined) => (part ? part.split(':') : []);
  const zeros = 8 - given(head).length - given(tail).length;
  return [
    ...given(head),
    ...Array.from({ length: tail === undefined ? 0 : zeros }, () => '0'),
    ...given(tail),
  ]
    .slice(0, 4)
    .join(':');
}
