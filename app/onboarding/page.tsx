import { founder, simulatedMetaInUse } from '#app/gate.ts';
import { CreateBusiness } from '#components/onboarding/create-business.tsx';

export const metadata = { title: 'Set up your business' };

/** For who has signed up and has no tenant yet, or wants one more. */
export default async function OnboardingPage() {
  const { places, ...person } = await founder();
  const [first] = places;
  const back =
    places.length > 1
      ? { name: 'your businesses', path: '/home' }
      : first
        ? { name: first.name, path: `/t/${first.slug}/inbox` }
        : null;
  return <CreateBusiness {...person} back={back} demo={simulatedMetaInUse()} />;
}
