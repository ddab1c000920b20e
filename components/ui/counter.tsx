/** A round number, for example of what is unread; `of` says of what to who cannot see it. */
export function Counter({ value, of }: { value: number; of: string }) {
  return (
    <span className="num grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-accent px-1.5 text-2xs font-semibold text-on-accent">
      <span>
        {value > 99 ? '99+' : value}
        <span className="sr-only"> {of}</span>
      </span>
    </span>
  );
}
