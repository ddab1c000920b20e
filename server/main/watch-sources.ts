import { watch } from 'node:fs';
import path from 'node:path';

const ours = /\.ts$/;
const leftOut = /\.test\.ts$|^(main|testing)\//;

/** Calls back when a source under these folders of the project has changed, once for changes that come together. */
export function watchSources(project: string, folders: readonly string[], changed: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders)
    watch(path.join(project, folder), { recursive: true }, (_event, file) => {
      if (!file || !ours.test(file) || leftOut.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, 150);
    });
}
