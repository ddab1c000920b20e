'use client';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { RoomFailed } from '#components/shell/room-failed.tsx';

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function RoomError({ error, reset }: Props) {
  const router = useRouter();
  function retry() {
    startTransition(() => {
      router.refresh();
      reset();
    });
  }
  return <RoomFailed reference={error.digest} onRetry={retry} />;
}
