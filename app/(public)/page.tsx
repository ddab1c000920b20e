import { redirect } from 'next/navigation';
import { Landing } from '#components/sign-in/landing.tsx';
import { signedInHome, simulatedMetaInUse } from '../gate.ts';

export default async function LandingPage() {
  const home = await signedInHome();
  if (home) redirect(home);
  return <Landing phone={simulatedMetaInUse()} />;
}
