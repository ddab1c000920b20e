'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ban, Check, CircleHelp, Hand } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { Card } from './card.tsx';

const standings = {
  unknown: { icon: CircleHelp, words: 'Nothing is known of what they agreed to' },
  in: { icon: Check, words: 'Agreed to messages' },
  out: { icon: Hand, words: 'Wants no messages' },
};

const sources = {
  keyword: 'They wrote',
  meta: 'In WhatsApp’s own settings',
  failure: 'Meta, when a message was refused',
  hand: 'Noted by hand',
  import: 'By an import',
  form: 'By a form',
};

/** Whether one may write to them, since when, and how that is known, word for word. */
export function LeadConsent({ leadId }: { leadId: string }) {
  const { slug, timeZone } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const consent = useQuery(trpc.consent.history.queryOptions({ tenant: slug, leadId }));
  const [noting, setNoting] = useState<'in' | 'out' | null>(null);
  const onSuccess = () => queryClient.invalidateQueries();
  const block = useMutation(trpc.consent.block.mutationOptions({ onSuccess }));
  const unblock = useMutation(trpc.consent.unblock.mutationOptions({ onSuccess }));
  if (!consent.data) return null;
  const { consent: state, blockedAt, words } = consent.data;
  const { icon: Icon, words: title } = standings[state];
  const newest = words.find((word) => word.state === state);
  const [error, day] = [block.error ?? unblock.error, (at: string) => tableDate(new Date(at), timeZone)];
  return (
    <Card title="Consent">
      <p className="flex items-center gap-2 text-base font-medium text-strong">
        <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
        {state === 'out' && newest?.source === 'keyword' ? `Said “${newest.proof}”` : title}
      </p>
      {state === 'out' && (
        <p className="mt-1 text-sm text-normal">
          Nobody can begin to write to them. What they write can be answered for 24 hours.
        </p>
      )}
      {blockedAt && (
        <p className="mt-2 flex items-center gap-2 text-sm text-danger">
          <Ban aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
          <span>
            Blocked since <Time at={blockedAt} timeZone={timeZone} words={day(blockedAt)} />: nothing comes in
            or goes out
          </span>
        </p>
      )}
      {words.length > 0 && (
        <ul className="mt-3 space-y-2 border-t border-line pt-3">
          {words.map((word) => (
            <li key={word.id} className="text-sm">
              <p className="text-strong">
                {word.state === 'out' ? 'No messages' : 'Messages'} ·{' '}
                <Time at={word.at} timeZone={timeZone} words={day(word.at)} />
              </p>
              <p className="wrap-anywhere text-muted">
                {sources[word.source]}
                {word.actorName && `, ${word.actorName}`}: “<bdi>{word.proof}</bdi>”
              </p>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {state !== 'in' && (
          <Button size="small" icon={Check} onClick={() => setNoting('in')}>
            Note an agreement
          </Button>
        )}
        {state !== 'out' && (
          <Button size="small" icon={Hand} onClick={() => setNoting('out')}>
            Wants no messages
          </Button>
        )}
        {blockedAt ? (
          <Button
            size="small"
            busy={unblock.isPending}
            onClick={() => unblock.mutate({ tenant: slug, leadId })}
          >
            Unblock
          </Button>
        ) : (
          <Button
            size="small"
            look="danger"
            icon={Ban}
            busy={block.isPending}
            onClick={() => block.mutate({ tenant: slug, leadId })}
          >
            Block
          </Button>
        )}
      </div>
      {error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(error)}
        </Notice>
      )}
      {noting && <NoteConsent leadId={leadId} state={noting} onClose={() => setNoting(null)} />}
    </Card>
  );
}

function NoteConsent({
  leadId,
  state,
  onClose,
}: {
  leadId: string;
  state: 'in' | 'out';
  onClose: () => void;
}) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [proof, setProof] = useState('');
  const set = useMutation(
    trpc.consent.set.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        onClose();
      },
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (proof.trim() !== '') set.mutate({ tenant: slug, leadId, state, proof });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={state === 'out' ? 'They want no messages' : 'They agreed to messages'}
      description={
        state === 'out'
          ? 'From now on nobody can begin to write to them, by any way.'
          : 'WhatsApp demands that people agreed before a business writes first. Keep how you know.'
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="note-consent" look="primary" busy={set.isPending}>
            Note it
          </Button>
        </>
      }
    >
      <form id="note-consent" onSubmit={submit}>
        <Field
          label="Where and how they said so"
          required
          maxLength={1000}
          value={proof}
          hint="Such as: signed the form at the fair on 12 May"
          onChange={({ target }) => setProof(target.value)}
        />
      </form>
      {set.isError && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(set.error)}
        </Notice>
      )}
    </Dialog>
  );
}
