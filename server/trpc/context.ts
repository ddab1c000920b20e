import { currentUser } from '#server/auth/current-user.ts';
import type { SignedIn } from '#server/auth/sessions.ts';

/** What every procedure knows: who asks. */
export type Context = { user: SignedIn | undefined };

/** `cookie` reads one cookie of the request by its name. */
export async function createContext(cookie: (name: string) => string | undefined): Promise<Context> {
  return { user: await currentUser(cookie) };
}

/** Reads cookies from a Cookie header. */
export function cookieReader(header: string | null): (name: string) => string | undefined {
  const pairs = (header ?? '').split(/; */).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const cookies = new Map(pairs);
  return (name) => cookies.get(name);
}
