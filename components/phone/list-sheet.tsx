'use client';
import { Dialog } from '#components/ui/dialog.tsx';
import type { List, Reply } from './sim-shapes.ts';

type Props = { list: List; onClose: () => void; onChoose: (row: Reply) => void };

/** The rows behind a list's button; a tap on one answers with it. */
export function ListSheet({ list: { button, sections }, onClose, onChoose }: Props) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={button}>
      <div className="-mx-2 space-y-4">
        {sections.map(({ title, rows }, index) => (
          <section key={title ?? index} aria-label={title ?? button}>
            {title && <p className="px-2 pb-1 text-xs text-muted">{title}</p>}
            <ul>
              {rows.map((row) => (
                <li key={row.id}>
                  <button
                    type="button"
                    onClick={() => onChoose(row)}
                    className="flex min-h-11 w-full flex-col justify-center rounded-md px-2 py-1.5 text-start hover:bg-surface-2"
                  >
                    <span dir="auto" className="text-base text-strong">
                      {row.title}
                    </span>
                    {row.description && (
                      <span dir="auto" className="text-xs text-muted">
                        {row.description}
                      </span>
                    )}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
