import { type APIRequestContext, expect, request } from '@playwright/test';
import { ports } from './product.ts';

/** Somebody at the front doors without a page: their cookies, and nothing that follows a redirect. */
export type Persona = APIRequestContext;

export const demoAdmin = { email: 'admin@parley.example', password: 'parley-demo' };

/** Signs in as the page does; without a login it is a stranger. */
export async function persona(login?: { email: string; password: string }): Promise<Persona> {
  const context = await request.newContext({ baseURL: `http://localhost:${ports.web}`, maxRedirects: 0 });
  if (login) await beginSession(context, login);
  return context;
}

/** What the sign-in's form asks for, so that the cookies are whose `request` it is. */
export async function beginSession(who: APIRequestContext, login: { email: string; password: string }) {
  const { csrfToken } = await (await who.get('/api/auth/csrf')).json();
  const answer = await who.post('/api/auth/callback/credentials', {
    form: { ...login, csrfToken, json: 'true' },
  });
  expect(answer.status(), `signing in as ${login.email}`).toBe(200);
}

/** Calls a procedure that changes something, and returns what it answers. */
export async function mutate<T>(who: Persona, path: string, input: object): Promise<T> {
  const answer = await who.post(`/api/trpc/${path}`, { data: input });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  return (await answer.json()).result.data;
}

/** Calls one that only reads. */
export async function query<T>(who: Persona, path: string, input: object): Promise<T> {
  const answer = await who.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  return (await answer.json()).result.data;
}
