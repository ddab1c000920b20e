'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** The words by which people stop messages and start them again: the business's own beside those of every language. */
export function ConsentWords() {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const words = useQuery(trpc.consent.words.queryOptions({ tenant: slug }));
  const [draft, setDraft] = useState<{ out?: string; in?: string }>({});
  const save = useMutation(
    trpc.consent.setWords.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.consent.words.queryKey({ tenant: slug }) });
        setDraft({});
      },
    }),
  );
  if (!words.data) return null;
  const { own, defaults } = words.data;
  const [out, back] = [draft.out ?? own.out.join(', '), draft.in ?? own.in.join(', ')];
  const isChanged = draft.out !== undefined || draft.in !== undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isChanged && !save.isPending) save.mutate({ tenant: slug, out: listOf(out), in: listOf(back) });
  }
  return (
    <section
      aria-labelledby="consent-words"
      className="mt-5 max-w-2xl rounded-md border border-line bg-surface-1 p-5"
    >
      <h2 id="consent-words" className="text-base font-semibold text-strong">
        Words for stop and start
      </h2>
      <p className="mt-1 text-sm text-normal">
        Whoever writes nothing but one of these words gets no more messages that you begin, or gets them
        again. Capitals, accents and signs do not matter. STOP and START always count.
      </p>
      <form method="post" onSubmit={submit} className="mt-4 space-y-4">
        <Field
          label="Your own words for stop"
          value={out}
          maxLength={2000}
          hint="Separated by commas"
          onChange={({ target }) => setDraft({ ...draft, out: target.value })}
        />
        <Field
          label="Your own words for start"
          value={back}
          maxLength={2000}
          hint="Separated by commas"
          onChange={({ target }) => setDraft({ ...draft, in: target.value })}
        />
        {save.isError && <Notice tone="danger">{wordsOf(save.error)}</Notice>}
        <div className="flex items-center gap-3">
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={!isChanged}
            className="max-[899px]:h-11"
          >
            Save words
          </Button>
          <p role="status" className="text-sm text-muted">
            {save.isSuccess && !isChanged && 'Saved.'}
          </p>
        </div>
      </form>
      <details className="mt-4 text-sm">
        <summary className="cursor-pointer text-accent-text">Words that count in every business</summary>
        <dl className="mt-2 grid grid-cols-[3rem_1fr] gap-x-3 gap-y-2">
          {defaults.map((one) => (
            <div key={one.language} className="contents">
              <dt className="text-muted">{one.language}</dt>
              <dd className="text-normal">
                <bdi>{one.out.join(', ')}</bdi> · <bdi>{one.in.join(', ')}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

const listOf = (text: string) =>
  text
    .split(/[,،、\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
