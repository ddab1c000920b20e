/** One line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Does one piece of work and says how long it took; says what is going on when it takes more than a moment. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const notice = setTimeout(() => say(`  … ${what}`), 1500);
  try {
    const result = await work();
    say(`  ✓ ${what} (${seconds(began)})`);
    return result;
  } finally {
    clearTimeout(notice);
  }
}

/** Seconds since then, as it is shown: `0.4 s`. */
export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
