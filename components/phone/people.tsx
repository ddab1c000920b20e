'use client';
import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { AddPerson } from './add-person.tsx';
import { PersonRow } from './person-row.tsx';
import type { Person } from './sim-shapes.ts';

/** Load runs bring tens of thousands along. */
const shownAtMost = 100;

type Props = {
  people: readonly Person[] | undefined;
  chosen: Person | undefined;
  onChoose: (person: Person) => void;
};

export function People({ people, chosen, onChoose }: Props) {
  const [isAdding, setAdding] = useState(false);
  return (
    <section aria-labelledby="who-writes">
      <div className="mb-2 flex min-h-8 items-center ps-3 pe-1">
        <h2 id="who-writes" className="flex-1 text-sm font-semibold text-strong">
          Who writes
        </h2>
        <IconButton label="Add a person" icon={UserRoundPlus} onClick={() => setAdding(true)} />
      </div>
      {people ? (
        <List people={people} chosen={chosen} onChoose={onChoose} />
      ) : (
        <Loading label="Loading people" className="space-y-0.5">
          {[1, 2, 3, 4, 5].map((row) => (
            <div key={row} className="flex h-14 items-center gap-3 px-3">
              <Skeleton className="size-8 rounded-full" />
              <Skeleton className="h-4 w-32" />
            </div>
          ))}
        </Loading>
      )}
      {isAdding && <AddPerson onClose={() => setAdding(false)} onAdded={onChoose} />}
    </section>
  );
}

function List({ people, chosen, onChoose }: Props & { people: readonly Person[] }) {
  const first = people.slice(0, shownAtMost);
  const shown = chosen && !first.includes(chosen) ? [...first, chosen] : first;
  const hidden = people.length - shown.length;
  return (
    <>
      <ul className="space-y-0.5">
        {shown.map((person) => (
          <li key={person.userId}>
            <PersonRow person={person} isChosen={person === chosen} onChoose={() => onChoose(person)} />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <p className="num mt-2 px-3 text-xs text-muted">
          {hidden.toLocaleString('en')} more are not shown. Add one by number to write as them.
        </p>
      )}
    </>
  );
}
