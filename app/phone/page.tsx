import { notFound } from 'next/navigation';
import { PhonePage } from '#components/phone/phone-page.tsx';
import { simulatedMetaInUse } from '../gate.ts';

export const metadata = { title: 'Simulated phone' };

export default function Phone() {
  if (!simulatedMetaInUse()) notFound();
  return <PhonePage />;
}
