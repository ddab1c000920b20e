import { TRPCClientError } from '@trpc/client';
import { leaveForSignIn, tellSignedOut } from './signed-out.ts';

/** The server's code for a no (CONFLICT, NOT_FOUND, …); undefined when no answer came. */
export const codeOf = (error: unknown): string | undefined => dataOf(error, 'code');

/** Whether a rule said no for this reason. */
export const isRefusal = (error: unknown, reason: string): boolean => dataOf(error, 'refusal') === reason;

function dataOf(error: unknown, name: 'code' | 'refusal'): string | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const data: Partial<Record<string, unknown>> = error.data ?? {};
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

/** What to show beside the control: the server's own words, or that it could not be reached. */
export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return 'Parley could not be reached. Check your connection and try again.';
  if (code === 'INTERNAL_SERVER_ERROR')
    return 'Something went wrong on our side. Try again; it has been noted.';
  return error instanceof Error ? error.message : 'This did not work. Try again.';
}

/**
 * A session ends by time or from elsewhere: what is open then asks for a new one, and comes back. A tenant is suspended
 * while somebody looks at it: the page that says why takes the place of what is shown.
 */
export function leaveWhenShutOut(error: unknown): void {
  if (typeof window === 'undefined') return;
  if (dataOf(error, 'refusal') === 'tenant-suspended') window.location.reload();
  if (codeOf(error) !== 'UNAUTHORIZED') return;
  tellSignedOut();
  leaveForSignIn();
}
