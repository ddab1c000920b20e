'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useMember } from '#components/trpc/provider.tsx';
import { goShallow } from '#components/ui/shallow-link.tsx';
import { isIn, rooms } from './rooms.ts';

/** Goes to an address: in place within the room that one is in, by a new page otherwise. */
export function useGo(): (path: Route) => void {
  const { slug } = useMember();
  const router = useRouter();
  return (path) => {
    const here = rooms.find((room) => isIn(room, slug, window.location.pathname));
    if (here && isIn(here, slug, path)) goShallow(path);
    else router.push(path);
  };
}
