import { zonedTime } from './time-words.ts';

type Props = { at: string; timeZone: string; words: string; className?: string };

/** `words` is what is read; the exact time, and by which clock, is in the title. */
export function Time({ at, timeZone, words, className }: Props) {
  return (
    <time dateTime={at} title={zonedTime(new Date(at), timeZone)} className={className}>
      {words}
    </time>
  );
}
