import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '#server/router.ts';
import { createContext } from '#server/trpc/context.ts';
import { isSameOrigin } from '#server/trpc/same-origin.ts';

function handle(request: Request) {
  if (!isSameOrigin(request)) return new Response('This request comes from another site.', { status: 403 });
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => createContext(request.headers),
  });
}

export { handle as GET, handle as POST };
