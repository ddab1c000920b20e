import { redirect } from 'next/navigation';
import { memberOf } from '#app/gate.ts';

type Props = { params: Promise<{ tenant: string }> };

export default async function TenantPage({ params }: Props) {
  const { slug } = await memberOf((await params).tenant);
  redirect(`/t/${slug}/inbox`);
}
