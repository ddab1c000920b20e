import { clientAddress } from '#server/auth/client-address.ts';
import { currentUser } from '#server/auth/current-user.ts';
import type { SignedIn } from '#server/auth/sessions.ts';

/** Where a request came from: the address, null when nobody knows it, and the device as its browser names itself. */
export type From = { address: string | null; device: string };

/** What every procedure knows: who asks, and from where. */
export type Context = { user: SignedIn | undefined; from: From };

export async function createContext(headers: Headers): Promise<Context> {
  return { user: await currentUser(cookieReader(headers.get('cookie'))), from: fromOf(headers) };
}

function fromOf(headers: Headers): From {
  const address = clientAddress(Object.fromEntries(headers));
  return {
    address: address === 'unknown' ? null : address.slice(0, 100),
    device: (headers.get('user-agent') ?? '').slice(0, 300),
  };
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
