'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What it is about, in a sentence; read out with the title. */
  description?: string;
  children: ReactNode;
  /** Buttons at the end, the one that does it last. */
  actions?: ReactNode;
};

/** A question or a sheet above the page. Focus stays inside, Escape closes, focus returns. */
export function Dialog({ open, onOpenChange, title, description, children, actions }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Popup className="fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-md bg-surface-1 shadow-pop outline-none">
          <header className="flex h-14 shrink-0 items-center gap-2 ps-5 pe-3">
            <Base.Title className="flex-1 truncate text-lg font-semibold text-strong">{title}</Base.Title>
            <Base.Close render={<IconButton label="Close" icon={X} />} />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">
            {description && (
              <Base.Description className="mb-4 text-base text-normal">{description}</Base.Description>
            )}
            {children}
          </div>
          {actions && (
            <footer className="flex shrink-0 justify-end gap-2 border-t border-line px-5 py-4">
              {actions}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
