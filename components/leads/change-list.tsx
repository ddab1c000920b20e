'use client';
import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { changeWords } from './lead-words.ts';
import { useLeadDeeds } from './leads.ts';

/** What was done to many leads at once: by whom, when, what came of it, and the way back. */
export function ChangeList() {
  const { slug, may, timeZone } = useMember();
  const trpc = useTRPC();
  const { undo } = useLeadDeeds();
  const changes = useQuery({
    ...trpc.people.changes.queryOptions({ tenant: slug }),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 2_000 : false),
  });
  return (
    <section aria-labelledby="changes" className="mt-10">
      <h2 id="changes" className="text-lg font-semibold text-strong">
        Changes to many leads
      </h2>
      <p className="mt-1 text-sm text-muted">
        An undo restores whom nobody has touched since. Who was deleted can be restored for 30 days.
      </p>
      {undo.error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(undo.error)}
        </Notice>
      )}
      {changes.error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(changes.error)}
        </Notice>
      )}
      {changes.data?.length === 0 && (
        <p className="mt-3 text-sm text-normal">
          Nothing has been done to many at once yet. Choose several leads in the list to label, assign or
          delete them.
        </p>
      )}
      <ul className="mt-2 divide-y divide-line">
        {changes.data?.map((change) => {
          // What was done stands there also when it was undone.
          const words = changeWords(isBack(change) ? { ...change, state: 'finished' } : change);
          return (
            <li key={change.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-60">
                <p className="num font-medium wrap-anywhere text-strong">{words}</p>
                {isBack(change) && <p className="num text-normal">{changeWords(change)}</p>}
                <p className="text-xs text-muted">
                  {change.by},{' '}
                  <Time
                    at={change.at}
                    timeZone={timeZone}
                    words={tableDate(new Date(change.at), timeZone)}
                    className="num"
                  />
                </p>
              </div>
              {change.state === 'finished' && change.changed > 0 && may.includes('leads.edit') && (
                <Button
                  size="small"
                  icon={Undo2}
                  aria-label={`Undo: ${words}`}
                  busy={undo.isPending && undo.variables.id === change.id}
                  onClick={() => undo.mutate({ tenant: slug, id: change.id })}
                >
                  Undo
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const isBack = ({ state }: { state: string }) => state === 'undoing' || state === 'undone';
const isUnderWay = ({ state }: { state: string }) => state !== 'finished' && state !== 'undone';
