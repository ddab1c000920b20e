import { CircleSlash } from 'lucide-react';

/** Inside the frame: an address in this tenant at which there is nothing. */
export function NothingHere() {
  return (
    <div
      className="flex flex-1 flex-col items-center justify-center bg-surface-0 px-6 text-center"
      data-pane="thread"
    >
      <span className="grid size-9 place-items-center rounded-full bg-surface-2 text-muted">
        <CircleSlash aria-hidden="true" strokeWidth={1.75} className="size-4" />
      </span>
      <h1 className="mt-3 text-xl font-semibold text-strong">Not found</h1>
      <p className="mt-1 max-w-[44ch] text-base text-normal">
        There is nothing at this address in this tenant. Choose a room, or go back.
      </p>
    </div>
  );
}
