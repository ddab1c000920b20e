import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { env } from '#server/env.ts';
import { clientAddress } from './client-address.ts';
import { revokeSession, sessionLasts } from './sessions.ts';
import { signIn } from './sign-in.ts';

declare module 'next-auth' {
  interface User {
    sid: string;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sid: string;
  }
}

/** E-mail, password, and a code where there is a second factor; the cookie holds a signed token with the session's id, and nothing else that counts. */
export const authOptions = (): NextAuthOptions => ({
  secret: env().AUTH_SECRET,
  session: { strategy: 'jwt', maxAge: sessionLasts },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    Credentials({
      credentials: { email: {}, password: {}, code: {} },
      authorize: (input, request) => {
        const headers = request.headers ?? {};
        return signIn(input, clientAddress(headers), String(headers['user-agent'] ?? ''));
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sid } : token),
    // The browser is told nothing but that there is a session; who it is, tRPC says.
    session: ({ session }) => ({ expires: session.expires }),
  },
  // A token without a session's id (of another application with the same secret, say) ends nothing.
  events: { signOut: async ({ token }) => void (token?.sid && (await revokeSession(token.sid))) },
});
