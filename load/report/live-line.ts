export type LiveLine = {
  /** Shows this instead of what was shown before. */
  readonly show: (text: string) => void;
  readonly clear: () => void;
};

/** One line of the terminal that is written over; into a file or pipe a line every five seconds. */
export function openLiveLine(stream: NodeJS.WriteStream): LiveLine {
  let shownAt = -Infinity;
  return {
    show(text) {
      if (stream.isTTY) {
        stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`);
        return;
      }
      if (performance.now() - shownAt < 4_900) return;
      shownAt = performance.now();
      stream.write(`${text}\n`);
    },
    clear() {
      if (stream.isTTY) stream.write('\r\x1b[2K');
      shownAt = -Infinity;
    },
  };
}
