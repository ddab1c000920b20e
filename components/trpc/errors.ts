import { TRPCClientError } from '@trpc/client';
import { leaveForSignIn, tellSignedOut } from './signed-out.ts';

/** The server's code for a no (CONFLICT, NOT_FOUND, …); undefined when no answer came. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('code' in data)) return undefined;
  return typeof data.code === 'string' ? data.code : undefined;
}

/** What to show beside the control: the server's own words, or that it could not be reached. */
export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return 'Parley could not be reached. Check your connection and try again.';
  if (code === 'INTERNAL_SERVER_ERROR')
    return 'Something went wrong on our side. Try again; it has been noted.';
  return error instanceof Error ? error.message : 'This did not work. Try again.';
}

/** A session ends by time or from elsewhere; what is open then asks for a new one, and comes back. */
export function leaveWhenSignedOut(error: unknown): void {
  if (typeof window === 'undefined' || codeOf(error) !== 'UNAUTHORIZED') return;
  tellSignedOut();
  leaveForSignIn();
}
