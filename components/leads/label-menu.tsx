'use client';
import { Minus, Plus, Tag } from 'lucide-react';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Menu, MenuGroup, MenuItem } from '#components/ui/menu.tsx';
import { type Choices, useLeadDeeds } from './leads.ts';

type Props = {
  labels: Choices['labels'];
  trigger: ReactElement<Record<string, unknown>>;
  onAdd: (labelId: string) => void;
  onRemove?: (labelId: string) => void;
};

/** Gives a label that there is or a new one, or takes one away. */
export function LabelMenu({ labels, trigger, onAdd, onRemove }: Props) {
  const [making, setMaking] = useState(false);
  return (
    <>
      <Menu side="top" trigger={trigger}>
        <MenuItem icon={Plus} onClick={() => setMaking(true)}>
          New label
        </MenuItem>
        {labels.length > 0 && (
          <MenuGroup label="Give">
            {labels.map(({ id, name }) => (
              <MenuItem key={id} icon={Tag} onClick={() => onAdd(id)}>
                {name}
              </MenuItem>
            ))}
          </MenuGroup>
        )}
        {onRemove && labels.length > 0 && (
          <MenuGroup label="Take away">
            {labels.map(({ id, name }) => (
              <MenuItem key={id} icon={Minus} onClick={() => onRemove(id)}>
                {name}
              </MenuItem>
            ))}
          </MenuGroup>
        )}
      </Menu>
      <NewLabel open={making} onClose={() => setMaking(false)} onMade={onAdd} />
    </>
  );
}

function NewLabel({
  open,
  onClose,
  onMade,
}: {
  open: boolean;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const { slug } = useMember();
  const { makeLabel } = useLeadDeeds();
  const [name, setName] = useState('');
  const form = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (makeLabel.isPending) return;
    makeLabel.mutate(
      { tenant: slug, name },
      {
        onSuccess: ({ id }) => {
          setName('');
          onClose();
          onMade(id);
        },
      },
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title="New label"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={makeLabel.isPending}>
            Give it
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit}>
        <Field
          label="Label"
          required
          maxLength={80}
          autoComplete="off"
          value={name}
          error={makeLabel.isError ? wordsOf(makeLabel.error) : undefined}
          onChange={({ target }) => setName(target.value)}
        />
      </form>
    </Dialog>
  );
}
