'use client';
import { useMember } from '#components/trpc/provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { goShallow, ShallowLink } from '#components/ui/shallow-link.tsx';

/** On to the first step that is open. */
export function NextLink() {
  const { slug } = useMember();
  return (
    <ShallowLink
      href={`/t/${slug}/onboarding`}
      className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}
    >
      Go on
    </ShallowLink>
  );
}

/** The same by itself, once a step is done. */
export function useGoOn(): () => void {
  const { slug } = useMember();
  return () => goShallow(`/t/${slug}/onboarding`);
}
