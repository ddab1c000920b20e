import { notFound } from 'next/navigation';
import { simulatedMetaInUse } from '#app/gate.ts';
import { PhonePage } from '#components/phone/phone-page.tsx';

export const metadata = { title: 'Simulated phone' };

export default function Phone() {
  if (!simulatedMetaInUse()) notFound();
  return <PhonePage />;
}
