'use client';
import { useState } from 'react';
import { type Action, useActionRegistry } from '#components/ui/actions.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { setSingleKeys, singleKeysAreOn } from '#components/ui/single-keys.ts';
import { useModKey } from './mod-key.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** The keys that do something here and now. */
export function ShortcutsDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Shortcuts">
      {open && <Keys />}
    </Dialog>
  );
}

function Keys() {
  const registry = useActionRegistry();
  const [actions] = useState(() => registry.all().filter((action) => action.keys));
  const [on, setOn] = useState(singleKeysAreOn);
  return (
    <>
      <dl className="grid grid-cols-[1fr_auto] gap-y-2.5 text-sm text-strong">
        {actions.map((action) => (
          <Line key={action.keys} action={action} />
        ))}
        <dt>Open what is focused</dt>
        <dd>
          <Kbd>Enter</Kbd>
        </dd>
      </dl>
      <label className="mt-5 flex min-h-6 items-center gap-2 border-t border-line pt-4 text-sm text-strong">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setOn(event.target.checked);
            setSingleKeys(event.target.checked);
          }}
          className="size-4 shrink-0 accent-accent"
        />
        Single keys work as shortcuts
      </label>
    </>
  );
}

function Line({ action: { label, keys = '' } }: { action: Action }) {
  const mod = useModKey();
  return (
    <>
      <dt className="min-w-0 truncate pe-4">{label}</dt>
      <dd className="flex items-center justify-end gap-1">
        {keys.split(' ').map((key) => (
          <Kbd key={key}>{key.startsWith('mod+') ? `${mod}${key.slice(4).toUpperCase()}` : key}</Kbd>
        ))}
      </dd>
    </>
  );
}
