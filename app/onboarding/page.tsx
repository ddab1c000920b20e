import { signedIn, simulatedMetaInUse } from '#app/gate.ts';
import { CreateBusiness } from '#components/onboarding/create-business.tsx';

export const metadata = { title: 'Set up your business' };

/** For who has signed up and has no tenant yet, or wants one more. */
export default async function OnboardingPage() {
  const { user, tenants } = await signedIn();
  const [first] = tenants;
  const back =
    tenants.length > 1
      ? { name: 'your businesses', path: '/home' }
      : first
        ? { name: first.name, path: `/t/${first.slug}/inbox` }
        : null;
  return <CreateBusiness email={user.email} back={back} demo={simulatedMetaInUse()} />;
}
