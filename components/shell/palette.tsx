'use client';
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { Kbd } from '#components/ui/kbd.tsx';
import { TurnedText } from '#components/ui/turned-text.tsx';
import { type PaletteItem, usePaletteItems } from './use-palette-items.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Goes to a conversation or a lead by name or number, or does what can be done now. */
export function Palette({ open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          aria-label="Go to"
          className="fixed top-[12dvh] left-1/2 z-40 flex max-h-[70dvh] w-[min(34rem,calc(100vw-1rem))] -translate-x-1/2 flex-col overflow-hidden rounded-md bg-surface-1 shadow-pop outline-none"
        >
          {open && <Choices onDone={() => onOpenChange(false)} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const { groups, searching } = usePaletteItems(text.trim());
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={text}
      onValueChange={setText}
      itemToStringValue={(item: PaletteItem) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4">
        <Search aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
        <Autocomplete.Input
          maxLength={300}
          aria-label="Go to a conversation or a lead, or do something"
          placeholder="A name, a number, or what to do"
          className="h-full min-w-0 flex-1 bg-transparent text-base text-strong outline-none placeholder:text-muted max-[899px]:text-lg"
        />
        <Dialog.Close className="shrink-0 rounded-sm text-xs text-muted">
          <span className="sr-only">Close</span>
          <span aria-hidden="true">
            <Kbd>Esc</Kbd>
          </span>
        </Dialog.Close>
      </div>
      <Autocomplete.Empty>
        <p className="px-4 py-6 text-center text-sm text-muted empty:hidden">
          {searching ? 'Looking…' : 'Nothing found. Try a part of the name or of the number.'}
        </p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 empty:p-0">
        {(group: { label: string; items: PaletteItem[] }) => (
          <Autocomplete.Group key={group.label} items={group.items} className="not-last:mb-2">
            <Autocomplete.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-muted">
              {group.label}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => <Choice key={item.id} item={item} onDone={onDone} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function Choice({ item, onDone }: { item: PaletteItem; onDone: () => void }) {
  const { label, detail, icon: Icon, keys } = item;
  return (
    <Autocomplete.Item
      value={item}
      onClick={() => {
        onDone();
        item.run();
      }}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-sm px-2.5 text-sm text-strong outline-none select-none data-highlighted:bg-surface-2 max-[899px]:min-h-11"
    >
      {Icon && <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />}
      <TurnedText className="min-w-0 flex-1">{label}</TurnedText>
      {detail && <span className="num max-w-[60%] truncate text-xs text-muted">{detail}</span>}
      {keys && (
        <span aria-hidden="true" className="flex shrink-0 gap-1">
          {keys.split(' ').map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Autocomplete.Item>
  );
}
