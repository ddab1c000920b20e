import { type Line, openLine } from './line.ts';

// node load/chaos/line-process.ts PORT TO
// A line in a process of its own: whoever writes and counts beside it must not slow it down. Hears what a line can do,
// and "over" when that has lasted long enough. Leaves when its parent is gone.
const [port = 0, to = 0] = process.argv.slice(2).map(Number);
const line = await openLine(port, to);
let over = () => {};

const deeds: Readonly<Record<string, () => void>> = {
  reset: line.reset,
  refuse: () => last(line.refuse),
  silence: () => last(line.silence),
  loseAnswers: () => last(line.loseAnswers),
  over: () => over(),
} satisfies Record<Exclude<keyof Line, 'close'> | 'over', () => void>;

function last(begin: () => () => void) {
  over = begin();
}

process.on('message', (word) => deeds[String(word)]?.());
for (const wish of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => process.exit(0));
process.send?.({ type: 'ready' });
