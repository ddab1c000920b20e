/** Why a sign-in did not happen. */
export type Problem =
  | { kind: 'wrong' | 'code-wanted' | 'code-wrong' | 'unreachable' | 'unknown' }
  | { kind: 'wait'; seconds: number };

/** Reads the code that comes back: `CredentialsSignin`, `CodeWanted`, `WrongCode`, `RateLimited:SECONDS`, or a bug's own words. */
export function problemOf(code: string): Problem {
  if (code === 'CredentialsSignin') return { kind: 'wrong' };
  if (code === 'CodeWanted') return { kind: 'code-wanted' };
  if (code === 'WrongCode') return { kind: 'code-wrong' };
  const [, seconds] = /^RateLimited:(\d+)$/.exec(code) ?? [];
  return seconds === undefined ? { kind: 'unknown' } : { kind: 'wait', seconds: Number(seconds) };
}

export function problemWords(problem: Problem): string {
  switch (problem.kind) {
    case 'wrong':
      return 'Email and password do not match. Check both. If the password is lost, set a new one.';
    case 'code-wanted':
      return 'Type the code that your authenticator app shows now.';
    case 'code-wrong':
      return 'This code does not fit, or it was used before. Wait for the next one in your app and type that.';
    case 'wait':
      return `Too many attempts, so this one was not checked. Wait ${duration(problem.seconds)}, then try again.`;
    case 'unreachable':
      return 'Parley could not be reached. Check your connection and try again.';
    case 'unknown':
      return 'Something went wrong on our side, and you were not signed in. Try again in a minute.';
  }
}

function duration(seconds: number): string {
  if (seconds <= 1) return 'a second';
  if (seconds < 100) return `${seconds}\u00a0seconds`;
  return `${Math.ceil(seconds / 60)}\u00a0minutes`;
}
