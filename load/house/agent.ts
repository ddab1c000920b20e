/** Somebody who works in a load tenant, as `prisma/load-tenants.ts` makes them. */
export type AgentLogin = { readonly slug: string; readonly email: string; readonly password: string };

/** A signed-in agent, who asks as a browser's page does. Both throw when the answer is not 200. */
export type Agent = {
  readonly slug: string;
  readonly query: <T>(path: string, input: object) => Promise<T>;
  readonly mutate: <T>(path: string, input: object) => Promise<T>;
  /** A whole page, to its last byte. */
  readonly page: (path: string) => Promise<string>;
};

/** Signs in by the form's own request. */
export async function signInAgent(origin: string, { slug, email, password }: AgentLogin): Promise<Agent> {
  const asked = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(asked), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password, csrfToken, json: 'true' }),
    redirect: 'manual',
  });
  const cookie = cookiesOf(answer);
  await answer.body?.cancel();
  if (!cookie.includes('session')) throw new Error(`${email} could not sign in: ${answer.status}`);

  async function ask<T>(path: string, init: RequestInit): Promise<T> {
    const said = await fetch(`${origin}/api/trpc/${path}`, { ...init, signal: AbortSignal.timeout(30_000) });
    const text = await said.text();
    if (!said.ok) throw new Error(`${path.split('?')[0]} answered ${said.status}: ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { result: { data: T } }).result.data;
  }

  return {
    slug,
    query: (path, input) =>
      ask(`${path}?input=${encodeURIComponent(JSON.stringify({ tenant: slug, ...input }))}`, {
        headers: { cookie },
      }),
    mutate: (path, input) =>
      ask(path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ tenant: slug, ...input }),
      }),
    page: async (path) => {
      const said = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'manual' });
      if (!said.ok) throw new Error(`${path} answered ${said.status}`);
      return said.text();
    },
  };
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
