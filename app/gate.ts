import 'server-only';
import { TRPCError } from '@trpc/server';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { caller } from '#components/trpc/server.tsx';
import { demoLogins } from '#server/auth/demo-logins.ts';
import { simulatedMeta } from '#server/simulated-meta.ts';

export { demoLogins };

/**
 * The member's view of this tenant. Signed out: to the sign-in. Nobody's or somebody else's tenant: not found, alike.
 * Suspended: to the page that says why.
 */
export async function memberOf(slug: string) {
  const member = await placeIn(slug);
  if (member.standing.state !== 'active') redirect(`/suspended/${member.slug}`);
  return member;
}

/** The member's view of this tenant, whether its rooms are open or not. */
export const placeIn = (slug: string) => pass(async () => (await caller()).tenants.current({ tenant: slug }));

/** Nothing for anybody but the superadmin, who in production sets up a second factor first. */
export async function superadmin() {
  const { user } = await pass(async () => (await caller()).tenants.mine());
  if (!user.superadmin) notFound();
  const { secondFactor } = await pass(async () => (await caller()).account.mine());
  if (secondFactor.isDemanded && !secondFactor.since) redirect('/account');
  return user;
}

/** What somebody sees of their own login; signed out: to the sign-in. */
export const account = () =>
  pass(async () => {
    const { mine, sessions } = (await caller()).account;
    const [account, devices] = await Promise.all([mine(), sessions()]);
    return { account, devices };
  });

/** Whether letters leave this installation. */
export const canMail = async () => (await caller()).account.canMail();

/** What a letter's link is for; null when it does not work any more. */
export async function linkBehind(token: string) {
  try {
    return await (await caller()).account.link({ token });
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'BAD_REQUEST') return null;
    throw error;
  }
}

/** The demo's letters; elsewhere not found. */
export const outbox = () => pass(async () => (await caller()).account.outbox());

/** Who is signed in, with their tenants; signed out: to the sign-in. */
export const signedIn = () => pass(async () => (await caller()).tenants.mine());

/** Where somebody who is signed in belongs, or undefined when nobody is. */
export const signedInHome = async () => ((await whoIsSignedIn()) ? '/home' : undefined);

/** What an invitation's link offers, or in words why it offers nothing. */
export async function invitationBehind(token: string) {
  try {
    return await (await caller()).invitations.read({ token });
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'BAD_REQUEST') notFound();
    if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR')
      return { refused: error.message };
    throw error;
  }
}

/** Who is signed in, or undefined when nobody is. */
export async function whoIsSignedIn() {
  try {
    return (await (await caller()).tenants.mine()).user;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'UNAUTHORIZED') return undefined;
    throw error;
  }
}

/** Who is about to make a business: with their tenants, whether their address is confirmed, and whether letters end in the outbox. */
export const founder = () =>
  pass(async () => {
    const { tenants, account } = await caller();
    const [{ user, tenants: places }, { isConfirmed }] = await Promise.all([tenants.mine(), account.mine()]);
    const hasOutbox = await account.outbox().then(
      () => true,
      () => false,
    );
    return { email: user.email, isConfirmed, hasOutbox, places };
  });

/** Whether the simulated phone exists here. */
export const simulatedMetaInUse = () => simulatedMeta() !== undefined;

async function pass<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === 'UNAUTHORIZED') redirect(await signInPath());
    if (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST') notFound();
    throw error;
  }
}

/** The sign-in that leads back to the page that was asked for. */
async function signInPath(): Promise<string> {
  const path = (await headers()).get('x-parley-path');
  return path === null || path.startsWith('/home') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
