'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { TenantView } from './tenant-page.tsx';

type Act = 'suspend' | 'resume' | 'delete' | 'restore';

/** What can be done to a tenant as it stands now. */
export function TenantActs({ tenant }: { tenant: TenantView }) {
  const [asked, setAsked] = useState<Act | null>(null);
  const { state, standing, isSuspended } = { ...tenant, isSuspended: tenant.state === 'suspended' };
  if (state === 'erasing') return null;
  const isDeleting = standing.state === 'deleting';
  return (
    <div className="flex flex-wrap gap-2">
      {isDeleting ? (
        <Open onClick={() => setAsked('restore')}>Restore</Open>
      ) : (
        <>
          {isSuspended ? (
            <Open onClick={() => setAsked('resume')}>Resume</Open>
          ) : (
            <Open onClick={() => setAsked('suspend')}>Suspend</Open>
          )}
          <Open danger onClick={() => setAsked('delete')}>
            Delete
          </Open>
        </>
      )}
      {asked && <ActDialog act={asked} tenant={tenant} onClose={() => setAsked(null)} />}
    </div>
  );
}

function Open({ danger, onClick, children }: { danger?: boolean; onClick: () => void; children: string }) {
  return (
    <Button look={danger ? 'danger' : 'secondary'} onClick={onClick} className="max-[899px]:h-11">
      {children}
    </Button>
  );
}

const words: Record<Act, { verb: string; description: string; reasonHint?: string }> = {
  suspend: {
    verb: 'Suspend',
    description:
      'Its members are shut out and read why. Messages that people write are kept; the bot is silent and nothing is sent.',
    reasonHint: 'The members read this.',
  },
  resume: {
    verb: 'Resume',
    description:
      'Its rooms open again, with everything that arrived meanwhile. Who wrote to the bot meanwhile is a person’s to answer.',
  },
  delete: {
    verb: 'Delete',
    description:
      'Its rooms close at once. For 30 days it can be restored; after that all its rows, files, jobs and letters are erased.',
    reasonHint: 'The members read this.',
  },
  restore: { verb: 'Restore', description: 'The deletion is taken back. Everything is as it was.' },
};

type DialogProps = { act: Act; tenant: TenantView; onClose: () => void };

function ActDialog({ act, tenant: { name, slug }, onClose }: DialogProps) {
  const { verb, description, reasonHint } = words[act];
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const doIt = useAct(act, slug, onClose);
  const isSure = act !== 'delete' || typed.trim() === slug;
  const isReady = isSure && (!reasonHint || reason.trim() !== '');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && !doIt.isPending) doIt.mutate({ reason: reason.trim() });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${verb} ${name}?`}
      description={description}
      actions={
        <Actions onClose={onClose}>
          <Button
            type="submit"
            form="tenant-act"
            look={act === 'delete' ? 'danger' : 'primary'}
            busy={doIt.isPending}
            disabled={!isReady}
            className="max-[899px]:h-11"
          >
            {verb}
          </Button>
        </Actions>
      }
    >
      <form id="tenant-act" method="post" onSubmit={submit} className="space-y-4">
        {reasonHint && (
          <Field
            label="Why"
            hint={reasonHint}
            required
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
        {act === 'delete' && (
          <Field
            label={`Type ${slug} to be sure`}
            required
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
        {doIt.isError && <Notice tone="danger">{wordsOf(doIt.error)}</Notice>}
      </form>
    </Dialog>
  );
}

const Actions = ({ onClose, children }: { onClose: () => void; children: ReactNode }) => (
  <>
    <Button onClick={onClose} className="max-[899px]:h-11">
      Cancel
    </Button>
    {children}
  </>
);

/** Done only when the page shows it. */
function useAct(act: Act, slug: string, onDone: () => void) {
  const admin = useAdmin();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: admin.pathKey() });
      onDone();
    },
  };
  const suspend = useMutation(admin.suspend.mutationOptions(options));
  const resume = useMutation(admin.resume.mutationOptions(options));
  const erase = useMutation(admin.delete.mutationOptions(options));
  const restore = useMutation(admin.restore.mutationOptions(options));
  const { isPending, isError, error } = { suspend, resume, delete: erase, restore }[act];
  return {
    ...{ isPending, isError, error },
    mutate: ({ reason }: { reason: string }) => {
      if (act === 'suspend') suspend.mutate({ slug, reason });
      else if (act === 'delete') erase.mutate({ slug, reason });
      else if (act === 'resume') resume.mutate({ slug });
      else restore.mutate({ slug });
    },
  };
}
