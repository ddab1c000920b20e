'use client';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { AskImporters } from './ask-importers.tsx';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { FileStep } from './file-step.tsx';
import { Frame } from './import-frame.tsx';
import { useImport, useImports } from './imports.ts';
import { RunStep } from './run-step.tsx';
import { Waits } from './waits.tsx';

// What is open on the page by itself: an import that waits for somebody, or works.
const open = ['reading', 'choosing', 'checking', 'checked', 'running', 'undoing'];

/** Brings leads in from a file: which file, what its columns are, what would become of it, and the run. */
export function ImportRoom() {
  const { may } = useMember();
  const imports = useImports();
  const [chosen, setChosen] = useState<string | null>(null);
  const [hidden, setHidden] = useState<string[]>([]);
  if (!may.includes('leads.import'))
    return (
      <Frame step={0}>
        <EmptyState icon={Upload} title="An owner or an admin can import leads">
          <AskImporters />
        </EmptyState>
      </Frame>
    );
  if (imports.isError && !imports.data)
    return (
      <Frame step={0}>
        <ErrorState
          title="The imports could not be loaded"
          message={wordsOf(imports.error)}
          onRetry={() => void imports.refetch()}
          retrying={imports.isFetching}
        />
      </Frame>
    );
  const current =
    chosen ?? imports.data?.find(({ state, id }) => open.includes(state) && !hidden.includes(id))?.id ?? null;
  const leave = () => {
    if (current !== null) setHidden([...hidden, current]);
    setChosen(null);
  };
  if (current === null)
    return (
      <Frame step={0}>
        <FileStep imports={imports.data ?? []} onOpen={setChosen} />
      </Frame>
    );
  return <OpenRoom key={current} id={current} onLeave={leave} />;
}

function OpenRoom({ id, onLeave }: { id: string; onLeave: () => void }) {
  const found = useImport(id);
  const [editing, setEditing] = useState(false);
  if (found.isError && !found.data)
    return (
      <Frame step={0}>
        <ErrorState
          title="This import could not be loaded"
          message={wordsOf(found.error)}
          onRetry={() => void found.refetch()}
          retrying={found.isFetching}
        />
      </Frame>
    );
  if (!found.data || found.data.state === 'reading')
    return (
      <Frame step={0}>
        <Loading label="Reading the file" className="space-y-3">
          <Skeleton className="h-5 w-64" />
          <Skeleton className="h-4 w-full max-w-lg" />
        </Loading>
        <Waits />
      </Frame>
    );
  const shown = found.data;
  if (shown.state === 'choosing' || (shown.state === 'checked' && editing))
    return <ColumnsStep shown={shown} onDone={() => setEditing(false)} onLeave={onLeave} />;
  if (shown.state === 'checking' || shown.state === 'checked')
    return <CheckStep shown={shown} onBack={() => setEditing(true)} onLeave={onLeave} />;
  return <RunStep shown={shown} onLeave={onLeave} />;
}
