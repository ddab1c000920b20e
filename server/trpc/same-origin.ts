import { env } from '#server/env.ts';

/** Whether a request that can change something comes from our own pages: another site's Origin is refused, cookies or not. */
export function isSameOrigin(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') !== 'cross-site';
  // By the name under which the request came, or by our own where a proxy has put another one into Host.
  return (
    URL.canParse(origin) &&
    (new URL(origin).host === request.headers.get('host') ||
      new URL(origin).origin === new URL(env().APP_URL).origin)
  );
}
