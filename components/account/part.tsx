import { type ReactNode, useId } from 'react';

type Props = { title: string; tag?: ReactNode; lead?: ReactNode; children: ReactNode };

/** One thing of the account, under its own heading. */
export function Part({ title, tag, lead, children }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="mt-5 rounded-md border border-line bg-surface-1 p-5 max-[899px]:p-4"
    >
      <div className="flex flex-wrap items-center gap-2">
        <h2 id={id} className="text-base font-semibold text-strong">
          {title}
        </h2>
        {tag}
      </div>
      {lead && <p className="mt-1 text-sm wrap-anywhere text-normal">{lead}</p>}
      {children}
    </section>
  );
}
