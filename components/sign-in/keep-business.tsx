'use client';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** Takes the deletion back, and leads into the rooms that open again. */
export function KeepBusiness({ slug }: { slug: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function keep() {
    setBusy(true);
    setProblem(null);
    try {
      await plainClient().tenants.takeDeletionBack.mutate({ tenant: slug });
      window.location.assign(`/t/${slug}/inbox`);
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  }

  return (
    <div className="mt-5 space-y-4">
      {problem && <Notice tone="danger">{problem}</Notice>}
      <Button look="primary" busy={isBusy} className="max-[899px]:h-11" onClick={() => void keep()}>
        Keep this business
      </Button>
    </div>
  );
}
