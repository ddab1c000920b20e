import { env } from '#server/env.ts';

export const demoPassword = 'parley-demo';

/** The demo world's logins, where the demo is on; everybody may know them there. */
export function demoLogins(): { label: string; email: string; password: string }[] {
  if (env().PARLEY_DEMO !== '1') return [];
  const logins = [
    ['Agent of Acme Solar', 'agent@acme.example'],
    ['Owner of Acme Solar', 'owner@acme.example'],
    ['Owner of Globex', 'owner@globex.example'],
    ['Superadmin', 'admin@parley.example'],
  ] as const;
  return logins.map(([label, email]) => ({ label, email, password: demoPassword }));
}
