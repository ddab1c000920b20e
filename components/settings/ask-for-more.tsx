'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useToast } from '#components/ui/toast.tsx';

/** A letter to those who sell capacity, in the business's own words. */
export function AskForMore({ onClose }: { onClose: () => void }) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const toast = useToast();
  const id = useId();
  const [words, setWords] = useState('');
  const ask = useMutation(
    trpc.tenants.askForMore.mutationOptions({
      onSuccess: () => {
        toast({ text: 'Asked. You will hear from whoever runs this installation.' });
        onClose();
      },
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (words.trim() !== '' && !ask.isPending) ask.mutate({ tenant, words });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Ask for more"
      description="Whoever runs this installation gets a letter with what your tier grants now and what you write here."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form={`${id}-form`}
            look="primary"
            busy={ask.isPending}
            disabled={words.trim() === ''}
            className="max-[899px]:h-11"
          >
            Ask
          </Button>
        </>
      }
    >
      <form id={`${id}-form`} method="post" onSubmit={submit} className="space-y-4">
        <div>
          <label htmlFor={id} className="mb-1 block text-sm font-medium text-strong">
            What do you need?
          </label>
          <textarea
            id={id}
            rows={4}
            maxLength={1_000}
            dir="auto"
            value={words}
            onChange={({ target }) => setWords(target.value)}
            className="block w-full rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base text-strong max-[899px]:text-lg"
          />
          <p className="mt-1 text-xs text-muted">
            For example: twice as many messages a day from December on.
          </p>
        </div>
        {ask.isError && <Notice tone="danger">{wordsOf(ask.error)}</Notice>}
      </form>
    </Dialog>
  );
}
