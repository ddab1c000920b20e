import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reportAssumptions } from '#load/model/assumptions.ts';
import { readRuns } from './read-runs.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';
import { writeAnalysis } from './write-analysis.ts';

/** Writes `load-test-analysis.md` and `.html` into a folder, from the runs of another. Answers the two files. */
export function runAnalysis(from: string, to: string): string[] {
  const blocks = writeAnalysis(readRuns(from), reportAssumptions);
  mkdirSync(to, { recursive: true });
  return [
    ['md', toMarkdown(blocks)],
    ['html', toHtml('Load test analysis', blocks)],
  ].map(([ending, content = '']) => {
    const file = path.join(to, `load-test-analysis.${ending}`);
    writeFileSync(file, content);
    return file;
  });
}
