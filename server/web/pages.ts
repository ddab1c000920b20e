import next from 'next';
import { env } from '#server/env.ts';

/** Next with the built pages, or with hot reload. In dev it also takes its own websocket, from its first request on. */
export async function startPages(dev: boolean) {
  // next-auth reads these two from the environment only.
  process.env['NEXTAUTH_URL'] = env().APP_URL;
  process.env['NEXTAUTH_SECRET'] = env().AUTH_SECRET;
  const app = next({ dev, port: env().PORT, hostname: 'localhost' });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    serve: (request: Parameters<typeof handle>[0], response: Parameters<typeof handle>[1]) =>
      handle(request, response),
    close: () => app.close(),
  };
}
