'use client';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { type Draft, fieldsOf, readDraft } from './filter-fields.ts';
import type { Choices, Condition } from './leads.ts';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  choices: Choices;
  onAdd: (condition: Condition) => void;
};

/** One more condition: about what, how compared, with what. */
export function FilterDialog({ open, onOpenChange, choices, onAdd }: Props) {
  const form = useId();
  const fields = fieldsOf(choices);
  const [draft, setDraft] = useState<Draft>({ field: 'holder', op: '', value: '' });
  const field = fields.find(({ id }) => id === draft.field) ?? fields[0];
  if (!field) return null;
  const op = field.ops.find(({ id }) => id === draft.op) ?? field.ops[0];
  const value =
    field.options && !field.options.some((option) => option.value === draft.value)
      ? (field.options[0]?.value ?? '')
      : draft.value;

  function submit(event: FormEvent) {
    event.preventDefault();
    const condition = field && readDraft(field, { field: field.id, op: op?.id ?? '', value });
    if (!condition) return;
    onAdd(condition);
    setDraft({ ...draft, value: '' });
    onOpenChange(false);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a filter"
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} look="primary">
            Add filter
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit} className="space-y-4">
        <SelectField
          label="About"
          value={field.id}
          onChange={({ target }) => setDraft({ field: target.value, op: '', value: '' })}
        >
          {fields.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Comparison"
          value={op?.id ?? ''}
          onChange={({ target }) => setDraft({ ...draft, op: target.value })}
        >
          {field.ops.map(({ id, words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </SelectField>
        {op?.takes && field.options && (
          <SelectField
            label="What"
            value={value}
            onChange={({ target }) => setDraft({ ...draft, value: target.value })}
          >
            {field.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </SelectField>
        )}
        {op?.takes && !field.options && (
          <Field
            label="What"
            type={field.kind === 'number' ? 'number' : field.kind === 'date' ? 'date' : 'text'}
            step="any"
            required
            maxLength={200}
            autoComplete="off"
            value={value}
            onChange={({ target }) => setDraft({ ...draft, value: target.value })}
          />
        )}
      </form>
    </Dialog>
  );
}
