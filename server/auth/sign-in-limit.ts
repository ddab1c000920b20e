import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

// Per address and login. Argon2 takes 0.1 s of a core, so this also bounds what strangers can cost.
const attempts = new RateLimiterMemory({ points: 30, duration: 60 });
// Per address alone, for somebody who tries many logins.
const addresses = new RateLimiterMemory({ points: 200, duration: 60 });

/** Counts one attempt; returns the seconds to wait when there were too many, else 0. */
export async function countSignIn(address: string, email: string): Promise<number> {
  try {
    await addresses.consume(address);
    await attempts.consume(`${address} ${email}`);
    return 0;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.ceil(error.msBeforeNext / 1000);
    throw error;
  }
}
