'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Check } from './check.tsx';
import { newPerson } from './new-person.ts';
import { addPerson } from './sim.ts';
import type { Person } from './sim-shapes.ts';

const nobody = { name: '', hidesNumber: false, number: '', username: '' };

type Props = { onClose: () => void; onAdded: (person: Person) => void };

export function AddPerson({ onClose, onAdded }: Props) {
  const form = useId();
  const client = useQueryClient();
  const [answers, setAnswers] = useState(nobody);
  const [wasSent, setSent] = useState(false);
  const adding = useMutation({
    mutationFn: addPerson,
    onSuccess: async (person) => {
      await client.invalidateQueries({ queryKey: ['people'] });
      onAdded(person);
      onClose();
    },
  });
  const result = newPerson(answers, Math.random);
  const problems = wasSent && 'problems' in result ? result.problems : {};

  function submit(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if ('person' in result && !adding.isPending) adding.mutate(result.person);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a person"
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            busy={adding.isPending}
            className="max-[899px]:h-11"
          >
            Add
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="space-y-4">
        {adding.isError && <Notice tone="danger">{adding.error.message}</Notice>}
        <Field
          label="Name"
          autoComplete="off"
          value={answers.name}
          onChange={({ target }) => setAnswers({ ...answers, name: target.value })}
          error={problems.name}
        />
        {answers.hidesNumber ? (
          <Field
            label="Username"
            autoComplete="off"
            value={answers.username}
            onChange={({ target }) => setAnswers({ ...answers, username: target.value })}
            hint="WhatsApp gives a business-scoped id instead of the number."
            error={problems.username}
          />
        ) : (
          <Field
            label="Phone number"
            type="tel"
            autoComplete="off"
            value={answers.number}
            onChange={({ target }) => setAnswers({ ...answers, number: target.value })}
            hint="With its country code. One that ends in 131026 gets no messages."
            error={problems.number}
          />
        )}
        <Check
          label="Hides the phone number"
          checked={answers.hidesNumber}
          onChange={(hidesNumber) => setAnswers({ ...answers, hidesNumber })}
        />
      </form>
    </Dialog>
  );
}
