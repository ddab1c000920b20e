'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FastForward } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Check } from './check.tsx';
import { behaviourQuery, changeBehaviour, clockQuery, moveAhead } from './sim.ts';
import type { Behaviour } from './sim-shapes.ts';
import { aheadWords } from './wire-words.ts';

const day = 86_400;

/** The knobs that one turns most; the others are for scripts. */
export function MetaBehaviour() {
  const client = useQueryClient();
  const { data: behaviour } = useQuery(behaviourQuery);
  const { data: clock } = useQuery(clockQuery);
  const change = useMutation({
    mutationFn: changeBehaviour,
    onMutate: (knobs) => {
      client.setQueryData(behaviourQuery.queryKey, (now) => now && { ...now, ...knobs });
    },
    onSettled: () => client.invalidateQueries({ queryKey: behaviourQuery.queryKey }),
  });
  const move = useMutation({
    mutationFn: () => moveAhead(day),
    onSuccess: (moved) => client.setQueryData(clockQuery.queryKey, moved),
  });
  const ahead = aheadWords(clock?.offsetSeconds ?? 0);
  const failed = [change, move].find(({ isError }) => isError);

  return (
    <section aria-labelledby="behaviour" className="mt-6 px-3 pb-1">
      <h2 id="behaviour" className="text-sm font-semibold text-strong">
        How Meta behaves
      </h2>
      {behaviour ? (
        <Knobs behaviour={behaviour} onChange={change.mutate} />
      ) : (
        <Loading label="Loading how Meta behaves" className="mt-2 space-y-1">
          {[1, 2, 3, 4].map((row) => (
            <div key={row} className="flex h-8 items-center max-[899px]:h-11">
              <Skeleton className="h-4 w-48" />
            </div>
          ))}
        </Loading>
      )}
      {failed && (
        <Notice tone="danger" className="mt-2">
          {failed.error?.message} Nothing was changed.
        </Notice>
      )}
      <Button
        size="small"
        icon={FastForward}
        busy={move.isPending}
        onClick={() => move.mutate()}
        className="mt-3 max-[899px]:h-11"
      >
        Move 24 hours ahead
      </Button>
      <p role="status" className="num mt-2 min-h-4 text-xs text-muted">
        {ahead && `Meta’s clock is ${ahead} ahead.`}
      </p>
    </section>
  );
}

function Knobs({
  behaviour,
  onChange,
}: {
  behaviour: Behaviour;
  onChange: (knobs: Partial<Behaviour>) => void;
}) {
  const { deliveredAfterMs, skipDelivered, readOnOpen, duplicateWebhooks, rateLimited } = behaviour;
  return (
    <ul className="mt-2 space-y-1">
      <li>
        <Check
          label={`Send “delivered” after ${deliveredAfterMs / 1000}\u00a0s`}
          checked={!skipDelivered}
          onChange={(checked) => onChange({ skipDelivered: !checked })}
        />
      </li>
      <li>
        <Check
          label="Send “read” when you open it"
          checked={readOnOpen}
          onChange={(checked) => onChange({ readOnOpen: checked })}
        />
      </li>
      <li>
        <Check
          label="Deliver each webhook twice"
          checked={duplicateWebhooks}
          onChange={(checked) => onChange({ duplicateWebhooks: checked })}
        />
      </li>
      <li>
        <Check
          label="Answer sends with a rate limit"
          checked={rateLimited}
          onChange={(checked) => onChange({ rateLimited: checked })}
        />
      </li>
    </ul>
  );
}
