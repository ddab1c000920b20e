import path from 'node:path';
import { askOnce } from '#load/house/database.ts';
import { Trouble } from '#load/house/trouble.ts';
import { type ImportTiming, importList } from './import-list.ts';
import type { ImportOptions } from './options.ts';
import { withHouse } from './with-house.ts';
import { refusedEach, writeList } from './write-list.ts';

const mostOthers = 0.2;

/** Imports a list at full pace: as new people, again as it is, and again with another city for everybody. */
export const runImports = (options: ImportOptions, say: (what: string) => void, stopped: AbortSignal) =>
  withHouse(options, say, stopped, async (house, folder) => {
    const { rows } = options;
    const good = rows - Math.floor(rows / refusedEach);
    const list = path.join(folder, 'list.csv');
    const timings: (ImportTiming & { name: string })[] = [];
    async function bring(name: string, edition: number, expected: 'created' | 'unchanged' | 'updated') {
      const bytes = await writeList(list, rows, edition);
      say(`${name}: ${rows} rows, ${Math.round(bytes / 1e6)} MB`);
      const timing = await importList(house, list, 'full', expected === 'updated' ? 'overwrite' : 'fill');
      if (timing[expected] !== good || timing.refused !== rows - good)
        throw new Trouble(
          `${name}: ${timing[expected]} ${expected} and ${timing.refused} refused of ${rows}`,
        );
      timings.push({ name, ...timing });
    }
    await bring('fresh', 0, 'created');
    if (!options.freshOnly) {
      await bring('all there already', 0, 'unchanged');
      await bring('each one changed', 1, 'updated');
    }
    const [kept] = await askOnce<{ leads: number; images: number }>(
      house.database,
      "select (select count(*) from leads where source = 'import')::int as leads, (select count(*) from import_rows)::int as images",
    );
    if (kept?.leads !== good || kept.images !== (options.freshOnly ? 1 : 2) * good)
      throw new Trouble(`${kept?.leads} leads and ${kept?.images} images of ${good} people`);
    const others = Math.max(...timings.map((timing) => timing.others ?? 0));
    const reasons =
      others > mostOthers
        ? [`other programs used up to ${Math.round(others * 100)} % of the machine: no rate is the product’s`]
        : [];
    return { verdict: { state: reasons.length > 0 ? 'void' : 'valid', reasons }, timings };
  });
