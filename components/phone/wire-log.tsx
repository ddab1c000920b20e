'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Cable } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { clearWire, wireQuery } from './sim.ts';
import type { Exchange } from './sim-shapes.ts';
import { WireDetail } from './wire-detail.tsx';
import { WireLine } from './wire-line.tsx';

/** Everything that Meta and Parley said to each other, newest first. */
export function WireLog() {
  const client = useQueryClient();
  const wire = useQuery(wireQuery);
  const [chosenSeq, setChosen] = useState<number | null>(null);
  const clear = useMutation({
    mutationFn: clearWire,
    onSuccess: () => client.setQueryData(wireQuery.queryKey, []),
  });
  const lines = wire.data?.toReversed() ?? [];
  const chosen = lines.find(({ seq }) => seq === chosenSeq);

  return (
    <section aria-labelledby="wire" className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-8 items-center">
        <h2 id="wire" className="flex-1 text-sm font-semibold text-strong">
          What went over the wire
        </h2>
        <Button
          look="ghost"
          size="small"
          busy={clear.isPending}
          onClick={() => clear.mutate()}
          className="max-[899px]:h-11"
        >
          Clear
        </Button>
      </div>
      {clear.isError && (
        <p role="alert" className="text-xs text-danger">
          Not cleared: {clear.error.message}
        </p>
      )}
      {wire.isError && !wire.data ? (
        <ErrorState
          title="The wire could not be shown"
          message={wire.error.message}
          onRetry={() => void wire.refetch()}
          retrying={wire.isFetching}
        />
      ) : wire.data?.length === 0 ? (
        <div className="mt-2 flex-1 border-t border-line">
          <EmptyState icon={Cable} title="Nothing yet">
            Write something, and each webhook and each send shows here.
          </EmptyState>
        </div>
      ) : (
        <Lines lines={lines} chosen={chosen} onChoose={setChosen} />
      )}
      {chosen ? (
        <WireDetail key={chosen.seq} exchange={chosen} onClose={() => setChosen(null)} />
      ) : (
        lines.length > 0 && (
          <p className="pt-3 text-xs text-muted">Choose a line for its JSON, headers and signature.</p>
        )
      )}
    </section>
  );
}

type LinesProps = {
  lines: readonly Exchange[];
  chosen: Exchange | undefined;
  onChoose: (seq: number | null) => void;
};

/** One stop for the Tab key; the arrows go from line to line. */
function Lines({ lines, chosen, onChoose }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent) {
    const at = chosen ? lines.indexOf(chosen) : -1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (event.key === 'Escape') onChoose(null);
    if (next === undefined) return;
    event.preventDefault();
    const line = lines[Math.max(0, next)];
    if (!line) return;
    onChoose(line.seq);
    box.current?.querySelector(`#wire-${line.seq}`)?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <div
      ref={box}
      role="listbox"
      aria-label="Lines, newest first"
      aria-activedescendant={chosen && `wire-${chosen.seq}`}
      tabIndex={0}
      onKeyDown={move}
      className="-mx-2 mt-2 min-h-24 flex-1 overflow-y-auto border-t border-line -outline-offset-2"
    >
      {lines.map((exchange) => (
        <WireLine
          key={exchange.seq}
          exchange={exchange}
          isChosen={exchange === chosen}
          onChoose={() => onChoose(exchange === chosen ? null : exchange.seq)}
        />
      ))}
    </div>
  );
}
