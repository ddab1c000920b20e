'use client';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** For who is signed in with the address that was invited. */
export function JoinButton({ token, tenant }: { token: string; tenant: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function join() {
    setBusy(true);
    setProblem(null);
    try {
      const { slug } = await plainClient().invitations.accept.mutate({ token });
      window.location.assign(`/t/${slug}/inbox`);
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  }

  return (
    <div className="mt-6 space-y-4">
      {problem && <Notice tone="danger">{problem}</Notice>}
      <Button
        look="primary"
        size="large"
        busy={isBusy}
        className="w-full max-[899px]:h-11"
        onClick={() => void join()}
      >
        <span className="truncate">Join {tenant}</span>
      </Button>
    </div>
  );
}
