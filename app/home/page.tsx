import { redirect } from 'next/navigation';
import { signedIn } from '#app/gate.ts';
import { safeNext } from '#components/sign-in/safe-next.ts';
import { TenantChooser } from '#components/sign-in/tenant-chooser.tsx';

export const metadata = { title: 'Choose a tenant' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

/**
 * Where a sign-in leads: the page that was asked for, if it is in one’s own rooms, an invitation or one’s account; else the one room,
 * or a choice; who has none yet makes one.
 */
export default async function Home({ searchParams }: Props) {
  const { user, tenants } = await signedIn();
  const next = safeNext((await searchParams).next);
  if (next.startsWith('/invitations/') || /^\/(account|onboarding)$/.test(next)) redirect(next);
  if (tenants.some(({ slug }) => `${next}/`.startsWith(`/t/${slug}/`))) redirect(next);
  const [only] = tenants;
  if (user.superadmin && !only) redirect('/admin/tenants');
  if (!only && !user.superadmin) redirect('/onboarding');
  if (only && tenants.length === 1 && !user.superadmin) redirect(`/t/${only.slug}/inbox`);
  return <TenantChooser tenants={tenants} superadmin={user.superadmin} />;
}
