import { redirect } from 'next/navigation';
import { signedIn } from '#app/gate.ts';
import { TenantChooser } from '#components/sign-in/tenant-chooser.tsx';

export const metadata = { title: 'Choose a tenant' };

/** Where a sign-in leads: the one room that there is, or a choice. */
export default async function Home() {
  const { user, tenants } = await signedIn();
  const [only] = tenants;
  if (user.superadmin && !only) redirect('/admin/tenants');
  if (only && tenants.length === 1 && !user.superadmin) redirect(`/t/${only.slug}/inbox`);
  return <TenantChooser tenants={tenants} superadmin={user.superadmin} />;
}
