import { type ReactNode, useId } from 'react';

/** A part of a lead's page with its heading. */
export function Card({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line bg-surface-1">
      <header className="flex h-12 items-center gap-2 ps-5 pe-3 max-[899px]:ps-4">
        <h2 id={id} className="flex-1 text-base font-semibold text-strong">
          {title}
        </h2>
        {action}
      </header>
      <div className="px-5 pb-5 max-[899px]:px-4">{children}</div>
    </section>
  );
}
