'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { FactsForm } from './facts-form.tsx';
import { useGoOn } from './next-link.tsx';
import { StepPanel } from './step-panel.tsx';

/** Looked at again: it is done since the tenant was made. */
export function BusinessStep() {
  const { slug, name, timeZone, language } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const goOn = useGoOn();
  const save = useMutation(
    trpc.tenants.edit.mutationOptions({
      onSuccess: async () => {
        await Promise.all(
          [
            trpc.tenants.current.queryKey({ tenant: slug }),
            trpc.tenants.mine.queryKey(),
            trpc.onboarding.starters.queryKey({ tenant: slug }),
          ].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
        );
        goOn();
      },
    }),
  );
  return (
    <StepPanel title="Your business" lead="You find this in the settings too, under General.">
      <FactsForm
        known={{ name, timeZone, language }}
        label="Save and go on"
        isPending={save.isPending}
        error={save.error}
        onSubmit={(facts) => save.mutate({ tenant: slug, ...facts })}
      />
    </StepPanel>
  );
}
