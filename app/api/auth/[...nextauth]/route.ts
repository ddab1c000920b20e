import NextAuth from 'next-auth';
import { authOptions } from '#server/auth/options.ts';

type Params = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, context: Params) =>
  NextAuth(request as never, context as never, authOptions());

export { handle as GET, handle as POST };
