import { hash, verify } from '@node-rs/argon2';

/** The argon2id hash to store. About 0.1 s of one core. */
export const hashPassword = (password: string): Promise<string> => hash(password);

let decoy: Promise<string> | undefined;

/** Whether the password fits. Without a hash (no such user) it takes as long and says no. */
export async function fitsPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password');
  const fits = await verify(stored ?? (await decoy), password);
  return fits && stored !== undefined;
}
