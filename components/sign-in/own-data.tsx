'use client';
import { Download } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';

type Props = { slug: string; name: string };

/** What an owner may do while the rooms are closed: take the leads along, and end it all. */
export function OwnData({ slug, name }: Props) {
  return (
    <section aria-labelledby="own-data" className="mt-6 border-t border-line pt-5">
      <h2 id="own-data" className="text-base font-semibold text-strong">
        Your data
      </h2>
      <TakeLeads slug={slug} />
      <DeleteAll {...{ slug, name }} />
    </section>
  );
}

type Made = { id: string; state: 'waiting' | 'running' | 'finished' | 'failed'; failure: string | null };
const askEvery = 1_000;

function TakeLeads({ slug }: { slug: string }) {
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isUnderWay = made?.state === 'waiting' || made?.state === 'running';

  async function make() {
    setProblem(null);
    try {
      setMade(await makeFile(slug, setMade));
    } catch (error) {
      setMade(null);
      setProblem(wordsOf(error));
    }
  }
  return (
    <div className="mt-2 space-y-3">
      <p className="text-sm text-normal">All leads with all that is known of them, as a CSV file.</p>
      {made?.state === 'finished' ? (
        <form method="post" action={`/api/t/${slug}/exports/${made.id}`}>
          <Button type="submit" icon={Download} className="max-[899px]:h-11">
            Download
          </Button>
        </form>
      ) : (
        <Button busy={isUnderWay} className="max-[899px]:h-11" onClick={() => void make()}>
          Export leads
        </Button>
      )}
      {(problem ?? made?.failure) && <Notice tone="danger">{problem ?? made?.failure}</Notice>}
    </div>
  );
}

/** Orders the file and follows it until it is there, or cannot be made. */
async function makeFile(tenant: string, tell: (made: Made) => void): Promise<Made> {
  const { exports } = plainClient();
  const columns = (await exports.columns.query({ tenant })).map(({ key }) => key);
  const filter = { search: '', join: 'all' as const, conditions: [] };
  const { id } = await exports.order.mutate({ tenant, who: { filter }, columns, format: 'csv' });
  for (;;) {
    const made = (await exports.list.query({ tenant })).find((one) => one.id === id);
    if (!made || made.state === 'finished' || made.state === 'failed')
      return made ?? { id, state: 'failed', failure: 'It could not be made. Export again.' };
    tell(made);
    await new Promise((resolve) => setTimeout(resolve, askEvery));
  }
}

function DeleteAll({ slug, name }: Props) {
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await plainClient().tenants.delete.mutate({ tenant: slug, typedName: typed });
      window.location.reload();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  }
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="mt-5 space-y-3">
      <p className="text-sm text-normal">
        Or delete the business: all numbers, people and conversations are erased in 30 days. Until then an
        owner can take it back.
      </p>
      <Field
        label={`Type ${name} to be sure`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {problem && <Notice tone="danger">{problem}</Notice>}
      <Button
        type="submit"
        look="danger"
        busy={isBusy}
        disabled={typed.trim() === ''}
        className="max-[899px]:h-11"
      >
        Delete this business
      </Button>
    </form>
  );
}
