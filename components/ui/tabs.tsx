'use client';
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

type Props<T extends string> = {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly { value: T; label: string; count?: string | undefined }[];
  /** Shown below, as the chosen tab's panel. */
  children: ReactNode;
  className?: string;
};

/** One panel whose content the tabs choose. The arrow keys move and choose. */
export function Tabs<T extends string>({ label, value, onChange, tabs, children, className }: Props<T>) {
  return (
    <Base.Root value={value} onValueChange={onChange} className={className}>
      <Base.List
        activateOnFocus
        aria-label={label}
        className="flex shrink-0 gap-4 overflow-x-auto border-b border-line px-3 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-sm text-muted -outline-offset-2 hover:text-strong data-active:border-accent data-active:font-medium data-active:text-strong max-[899px]:h-11"
          >
            {tab.label}
            {tab.count && <span className="num text-xs font-normal text-muted">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
