import { redirect } from 'next/navigation';
import { signedInHome, simulatedMetaInUse } from '#app/gate.ts';
import { Landing } from '#components/sign-in/landing.tsx';

export default async function LandingPage() {
  const home = await signedInHome();
  if (home) redirect(home);
  return <Landing phone={simulatedMetaInUse()} />;
}
