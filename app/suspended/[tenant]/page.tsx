import { redirect } from 'next/navigation';
import { placeIn } from '#app/gate.ts';
import { TenantSuspended } from '#components/sign-in/tenant-suspended.tsx';

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata({ params }: Props) {
  const { standing } = await placeIn((await params).tenant);
  return { title: standing.state === 'deleting' ? 'To be deleted' : 'Suspended' };
}

/** What the members of a suspended tenant see in place of its rooms. */
export default async function SuspendedPage({ params }: Props) {
  const { slug, name, timeZone, may, standing } = await placeIn((await params).tenant);
  if (standing.state === 'active') redirect(`/t/${slug}/inbox`);
  return (
    <TenantSuspended {...{ slug, name, timeZone, standing }} mayDelete={may.includes('tenant.delete')} />
  );
}
