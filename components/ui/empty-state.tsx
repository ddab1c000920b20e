import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode };

/** What would be here, and what to do so that something is. */
export function EmptyState({ icon: Icon, title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="grid size-9 place-items-center rounded-full bg-surface-2 text-muted">
        <Icon aria-hidden="true" strokeWidth={1.75} className="size-4" />
      </span>
      <p className="mt-3 max-w-full text-base font-semibold wrap-anywhere text-strong">{title}</p>
      {children && <div className="mt-1 max-w-[44ch] text-sm text-balance text-normal">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
