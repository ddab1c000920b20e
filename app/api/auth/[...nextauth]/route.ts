import NextAuth from 'next-auth';
import { authOptions } from '#server/auth/options.ts';
import { isSameOrigin } from '#server/trpc/same-origin.ts';

type Params = { params: Promise<{ nextauth: string[] }> };

function handle(request: Request, context: Params) {
  if (!isSameOrigin(request)) return new Response('This request comes from another site.', { status: 403 });
  return NextAuth(request as never, context as never, authOptions());
}

export { handle as GET, handle as POST };
