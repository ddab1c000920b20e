'use client';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';

/** A form that is sent once at a time. `work` ends in leaving the page, or in something else to show. */
export function useSubmit(work: () => Promise<unknown>) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    // Taken away first: the same sentence again is news again.
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  }
  return { isBusy, problem, onSubmit: (event: FormEvent) => void submit(event) };
}
