import { MessagesSquare } from 'lucide-react';

/** The product's name with its mark. */
export function Brand() {
  return (
    <p className="flex items-center gap-2 text-base font-semibold text-strong">
      <span aria-hidden="true" className="grid size-7 place-items-center rounded-md bg-accent text-on-accent">
        <MessagesSquare strokeWidth={1.75} className="size-4" />
      </span>
      Parley
    </p>
  );
}
