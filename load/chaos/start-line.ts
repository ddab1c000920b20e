import { startProcess } from '#load/house/house-process.ts';
import type { Line } from './line.ts';

/** A line in a process of its own, by `line-process.ts`; resolves when it takes connections. */
export async function startLine(plan: Parameters<typeof startProcess>[0]): Promise<Line> {
  const child = startProcess(plan);
  await child.heard('ready');
  const during = (deed: keyof Line) => {
    child.tell(deed);
    return () => child.tell('over');
  };
  return {
    reset: () => child.tell('reset'),
    refuse: () => during('refuse'),
    silence: () => during('silence'),
    loseAnswers: () => during('loseAnswers'),
    close: () => child.stop(),
  };
}
