import { z } from 'zod';
import { beginSession } from '#server/auth/sessions.ts';
import { appRouter, createCaller } from '#server/router.ts';
import { testFrom } from './member-caller.ts';
import { type MatrixTenant, procedureRows, type Row } from './procedure-rows.ts';

type User = { id: string; email: string; name: string; superadmin: boolean };
type Answer = { code: string; message: string; said: unknown };
type Definition = { type: string; inputs?: unknown[] };

/** Every procedure there is. The cast: the types tell the tree of routers, the list at run time is flat. */
export const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { type, inputs = [] } = (procedure as unknown as { _def: Definition })._def;
  const fields = inputs.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
  return { path, type, fields };
});
/** Those that have their line. */
export const known = procedures.flatMap((one) => {
  const row = procedureRows[one.path];
  return row ? [{ ...one, row }] : [];
});
export const isOfTenant = ({ who }: Row) => !['public', 'signed-in', 'superadmin'].includes(who);
export const ofTenants = known.filter(({ row }) => isOfTenant(row));

/** What somebody gets from a procedure: "answered" with what was said, or the code and words of a no. */
export async function call(user: User | undefined, path: string, input: object): Promise<Answer> {
  const session = user && {
    ...{ ...user, confirmed: true, secondFactor: false },
    sid: await beginSession(user.id, 'A test'),
  };
  const caller: unknown = createCaller({ user: session, from: testFrom });
  // The casts: the path is known at run time only.
  const procedure = path
    .split('.')
    .reduce((part, name) => (part as Record<string, unknown>)[name], caller) as (
    input: object,
  ) => Promise<unknown>;
  try {
    return { code: 'answered', message: '', said: await procedure(input) };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message, said: undefined };
  }
}

/** The right input, for whom it is right. */
export const inputOf = (row: Row, tenant: MatrixTenant) => ({
  ...row.input(tenant),
  ...(isOfTenant(row) && { tenant: tenant.slug }),
});

/** Words that only another tenant's rows hold. */
export const secretsOf = (tenant: MatrixTenant) => [
  ...[tenant.slug, tenant.phoneNumberId, tenant.token, tenant.owner.email, tenant.agent.email],
  ...[`Alex of ${tenant.slug}`, tenant.conversationId, tenant.leadId, ...Object.values(tenant.ids)],
];
/** As it could be read by who gets it. */
export const text = (said: unknown) => JSON.stringify(said) ?? '';
