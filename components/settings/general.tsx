'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { LanguageField } from '#components/ui/language-field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TimeZoneField } from '#components/ui/time-zone-field.tsx';
import { ConsentWords } from './consent-words.tsx';
import { DeleteBusiness } from './delete-business.tsx';
import { Usage } from './usage.tsx';

/** What the business is called, by which clock its times are told, and in which language people write to it. */
export function General() {
  const { may } = useMember();
  const mayEdit = may.includes('tenant.edit');
  return (
    <>
      <h1 className="text-xl font-semibold text-strong">General</h1>
      {!mayEdit && (
        <p className="mt-1 text-sm text-normal">
          An owner or an admin can change this. You see what it is now.
        </p>
      )}
      <section
        aria-label="Your business"
        className="mt-5 max-w-2xl rounded-md border border-line bg-surface-1 p-5"
      >
        <FactsForm mayEdit={mayEdit} />
      </section>
      <Usage />
      {mayEdit && <ConsentWords />}
      {may.includes('tenant.delete') && <DeleteBusiness />}
    </>
  );
}

type Facts = { name: string; timeZone: string; language: string };

/** Holds only what was changed here; the rest is as it is saved, also when somebody else saves it meanwhile. */
function FactsForm({ mayEdit }: { mayEdit: boolean }) {
  const { slug, name, timeZone, language } = useMember();
  const saved = { name, timeZone, language };
  const [draft, setDraft] = useState<Partial<Facts>>({});
  const facts = { ...saved, ...draft };
  const save = useSave(slug);
  const isChanged = (Object.keys(saved) as (keyof Facts)[]).some((key) => saved[key] !== facts[key]);
  const isSaved = save.isSuccess && !isChanged;
  const change = (changed: Partial<Facts>) => {
    save.reset();
    setDraft({ ...draft, ...changed });
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isChanged && !save.isPending)
      save.mutate({ tenant: slug, ...facts }, { onSuccess: () => setDraft({}) });
  }

  return (
    <form method="post" onSubmit={submit} className="space-y-5">
      <Field
        label="Business name"
        required
        maxLength={80}
        disabled={!mayEdit}
        value={facts.name}
        hint="How your team sees it here. On WhatsApp people see the number’s own name."
        onChange={({ target }) => change({ name: target.value })}
      />
      <TimeZoneField
        value={facts.timeZone}
        disabled={!mayEdit}
        onChange={(zone) => change({ timeZone: zone })}
      />
      <LanguageField
        value={facts.language}
        hint="The language that you write to people in; your browser checks the spelling by it."
        disabled={!mayEdit}
        onChange={(tag) => change({ language: tag })}
      />
      {save.isError && <Notice tone="danger">{wordsOf(save.error)}</Notice>}
      {mayEdit && (
        <div className="flex items-center gap-3">
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={!isChanged}
            className="max-[899px]:h-11"
          >
            Save
          </Button>
          <p role="status" className="text-sm text-muted">
            {isSaved && 'Saved.'}
          </p>
        </div>
      )}
    </form>
  );
}

/** Done only when what is shown everywhere is the new one. */
function useSave(slug: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.tenants.edit.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.tenants.mine.queryKey() });
        return queryClient.invalidateQueries({ queryKey: trpc.tenants.current.queryKey({ tenant: slug }) });
      },
    }),
  );
}
