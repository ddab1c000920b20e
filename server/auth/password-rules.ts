import { Refusal } from '#server/refusal.ts';
import { commonPasswords } from './common-passwords.ts';

const fewest = 10;
/** As long as the sign-in takes one. */
const most = 200;

/** Throws Refusal `password`, with what is wrong in words, for a password that is too easy to guess. */
export function demandGoodPassword(password: string, email: string): void {
  const problem = passwordProblem(password, email);
  if (problem) throw new Refusal('bad-input', 'password', problem);
}

/** What is wrong with a new password, or undefined. Nothing of what it must contain: only length is hard to guess. */
export function passwordProblem(password: string, email: string): string | undefined {
  const plain = password.toLowerCase().trim();
  if ([...password].length < fewest) return `A password takes ${fewest} characters or more.`;
  if (password.length > most) return `A password takes ${most} characters at most.`;
  if (commonPasswords.has(plain) || new Set(plain).size < 3)
    return 'This is one of the first passwords that a guesser tries. Choose another one; three or four words that do not belong together are good.';
  const [name = ''] = email.toLowerCase().split('@');
  if (plain === email.toLowerCase() || plain === name)
    return 'The password must not be the e-mail address. Choose another one.';
  return undefined;
}
