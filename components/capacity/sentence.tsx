import { clockTime, tableDate } from '#components/ui/time-words.ts';
import { soldShare } from '#load/model/sold.ts';
import { MeasureAgain } from './measure-dialog.tsx';
import type { CapacityView, Measured } from './queries.ts';
import { count, percent, timeZone } from './words.ts';

const loud =
  'num mt-3 max-w-[38ch] text-2xl font-semibold text-strong max-[899px]:text-xl min-[900px]:max-w-[46ch]';

/** What it all comes to. */
export function Sentence({ view: { measured, selling, sold, used, february } }: { view: CapacityView }) {
  if (!measured)
    return (
      <>
        <p className={loud}>Nobody has measured yet what this installation carries.</p>
        <p className="mt-2 max-w-prose text-base text-normal">
          Until then nothing warns of selling too much. A measurement takes a few minutes.
        </p>
        <p className="mt-3">
          <MeasureAgain look="primary" label="Measure" />
        </p>
      </>
    );
  const { active } = measured;
  const share = soldShare({ measured: active, sold, overcommit: 1 });
  return (
    <>
      <p className={loud}>
        This installation carries {count(active)} active conversations a day; tenants have been sold{' '}
        {percent(share)} of it.
      </p>
      <p className="num mt-2 text-base text-normal">
        {whereAndWhen(measured)} Yesterday they used {percent(active > 0 ? used / active : 0)}.
        {february && <> February’s estimate was {count(february.active)}.</>}
        {selling.rate === 'peak' && ' It is sold by the peak, which leaves no room above it.'}
      </p>
      {measured.isElsewhere && (
        <p className="mt-1 text-base text-warning">
          That was another machine than this one. Measure here before you sell by it.
        </p>
      )}
    </>
  );
}

function whereAndWhen({ surroundings: { at, cores, cpu, note } }: Measured): string {
  const when = `${tableDate(new Date(at), timeZone)} at ${clockTime(new Date(at), timeZone)}`;
  const where = cores ? ` on ${cores} cores${cpu ? ` (${cpu})` : ''}` : '';
  return `Measured on ${when}${where}${note ? `, ${note}` : ''}.`;
}
