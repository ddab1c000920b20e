import { type ReactNode, useId } from 'react';

type Props = {
  title: string;
  /** What it is for, in a sentence or two. */
  lead?: ReactNode;
  children?: ReactNode;
  /** What leads on, the one that does it first. */
  actions?: ReactNode;
};

/** One step: what it is about, what is needed, and what leads on. */
export function StepPanel({ title, lead, children, actions }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-md border border-line bg-surface-1">
      <header className="px-5 pt-5 pb-4">
        <h2 id={id} className="text-lg font-semibold text-strong">
          {title}
        </h2>
        {lead && <p className="mt-1 max-w-[64ch] text-sm text-normal">{lead}</p>}
      </header>
      {children && <div className="px-5 pb-5">{children}</div>}
      {actions && (
        <footer className="flex flex-wrap items-center gap-2 border-t border-line px-5 py-4">
          {actions}
        </footer>
      )}
    </section>
  );
}
