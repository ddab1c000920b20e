'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ConnectFrame } from './connect-frame.tsx';
import { openDialog } from './sign-up-dialog.ts';
import { Way } from './way.tsx';

/** Meta's own dialog: signing in, choosing a number, and back with a code that is exchanged at once. */
export function SignUpPage() {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useQuery(trpc.connect.ways.queryOptions({ tenant }));
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const exchange = useMutation(
    trpc.connect.signUp.mutationOptions({
      onSuccess: ({ id }) => router.push(`/t/${tenant}/channels/connect/${id}` as Route),
      onError: (error) => setProblem(wordsOf(error)),
    }),
  );

  async function begin() {
    if (!data?.signUp) return;
    setProblem(null);
    setOpen(true);
    const outcome = await openDialog(data.signUp);
    setOpen(false);
    if ('problem' in outcome) setProblem(outcome.problem);
    else exchange.mutate({ tenant, ...outcome });
  }

  return (
    <ConnectFrame words="A window of Meta opens. This page waits for it.">
      <Way
        icon={MessageSquareText}
        title="With Facebook"
        words="You need a Facebook login that may manage the business, and a phone that can receive the number’s code. Add a payment method at Meta afterwards."
      >
        {data && !data.signUp ? (
          <Notice tone="neutral">
            This installation has no Meta app of its own, so its numbers are connected by hand.
          </Notice>
        ) : (
          <Button
            look="primary"
            busy={isOpen || exchange.isPending || !data}
            onClick={() => void begin()}
            className="max-[899px]:h-11"
          >
            Open Meta’s window
          </Button>
        )}
        {problem && (
          <Notice tone="danger" className="mt-3">
            {problem}
          </Notice>
        )}
      </Way>
    </ConnectFrame>
  );
}
