import type { ReactNode } from 'react';
import { Brand } from '#components/ui/brand.tsx';

/** A page outside all rooms: the name, one column in the middle. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh justify-center bg-surface-0 px-4">
      <div className="w-full max-w-[360px] pt-8 pb-8 min-[900px]:pt-[19dvh]">
        <Brand />
        {children}
      </div>
    </main>
  );
}
