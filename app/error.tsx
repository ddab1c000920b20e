'use client';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { WentWrong } from '#components/sign-in/went-wrong.tsx';

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PageError({ error, reset }: Props) {
  const router = useRouter();
  const [isRetrying, startRetrying] = useTransition();
  return (
    <WentWrong
      reference={error.digest}
      isRetrying={isRetrying}
      onRetry={() =>
        startRetrying(() => {
          router.refresh();
          reset();
        })
      }
    />
  );
}
