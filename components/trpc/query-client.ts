import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { codeOf, leaveWhenShutOut } from './errors.ts';

/** Answers that will be the same a second later: asking again is a waste. */
const final = new Set([
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_REQUEST',
  'PRECONDITION_FAILED',
  'CONFLICT',
]);

/** A page that is being made does not wait for second tries; the browser makes them. */
const isServer = typeof window === 'undefined';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenShutOut }),
    mutationCache: new MutationCache({ onError: leaveWhenShutOut }),
    defaultOptions: {
      // News tells what is stale (see live.tsx); the time only covers what nobody tells.
      queries: {
        staleTime: 60_000,
        retry: (count, error) => !isServer && count < 3 && !final.has(codeOf(error) ?? ''),
        // Not longer and longer: a line that is back is used at once.
        retryDelay: () => 700 + Math.random() * 300,
      },
      // Without a connection it fails at once and says so, instead of waiting unseen.
      mutations: { networkMode: 'always', retry: false },
      dehydrate: {
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  });
}
