import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';

type Props = { icon: LucideIcon; title: string; words: string; children: ReactNode };

/** One way to a connected number. */
export function Way({ icon: Icon, title, words, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line bg-surface-1 p-5">
      <h2 id={id} className="flex items-center gap-2 text-lg font-semibold text-strong">
        <Icon aria-hidden="true" strokeWidth={1.75} className="size-5 shrink-0 text-muted" />
        {title}
      </h2>
      <p className="mt-1 mb-4 text-base text-normal">{words}</p>
      {children}
    </section>
  );
}
