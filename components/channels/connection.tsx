'use client';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { AskHeads } from './ask-heads.tsx';
import { type Channel, useChannelDeeds } from './channels.ts';

/** The way to end what the number does here, and to take it up again. */
export function Connection({ channel }: { channel: Channel }) {
  const { slug, may, timeZone } = useMember();
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const { disconnect, reconnect } = useChannelDeeds();
  const { key, name, disconnectedAt } = channel;
  const input = { tenant: slug, key };
  if (disconnectedAt !== null)
    return (
      <section aria-label="Connection" className="rounded-md border border-line bg-surface-1 p-5">
        <h2 className="text-base font-semibold text-strong">This number is disconnected</h2>
        <p className="mt-1 text-sm text-normal">
          Since {sinceTime(new Date(disconnectedAt), now, timeZone)}. Its conversations stay, what still
          arrives is kept, and nothing is sent.
        </p>
        {channel.unsubscribeProblem !== null && (
          <NotTold channel={channel} why={channel.unsubscribeProblem} />
        )}
        {reconnect.isError && (
          <Notice tone="danger" className="mt-3">
            {wordsOf(reconnect.error)}
          </Notice>
        )}
        {may.includes('channels.connect') ? (
          <Button
            look="primary"
            busy={reconnect.isPending}
            className="mt-3 max-[899px]:h-11"
            onClick={() => reconnect.mutate(input)}
          >
            Connect again
          </Button>
        ) : (
          <p className="mt-2 text-sm text-normal">
            An owner or an admin can connect it again. <AskHeads />
          </p>
        )}
      </section>
    );
  return (
    <section aria-label="Connection" className="rounded-md border border-line bg-surface-1 p-5">
      <h2 className="text-base font-semibold text-strong">Disconnect</h2>
      <p className="mt-1 text-sm text-normal">
        Ends sending and the bot on this number. Its conversations stay, and it can be connected again.
      </p>
      <Button look="danger" className="mt-3 max-[899px]:h-11" onClick={() => setAsking(true)}>
        Disconnect…
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Disconnect ${name}?`}
        description="Nothing more is sent from this number, its bot is off, and Meta is asked to bring nothing more. Messages that wait are not sent. Every conversation stays, and what arrives all the same is kept."
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button
              look="danger"
              busy={disconnect.isPending}
              onClick={() => disconnect.mutate(input, { onSuccess: () => setAsking(false) })}
            >
              Disconnect
            </Button>
          </>
        }
      >
        {disconnect.isError && <Notice tone="danger">{wordsOf(disconnect.error)}</Notice>}
      </Dialog>
    </section>
  );
}

/** Meta goes on bringing messages: why, and the way to tell it again. */
function NotTold({ channel: { key }, why }: { channel: Channel; why: string }) {
  const { slug, may } = useMember();
  const { unsubscribe } = useChannelDeeds();
  return (
    <Notice tone="danger" className="mt-3">
      <p className="font-semibold">Meta still brings this number’s messages here.</p>
      <p className="mt-1 wrap-anywhere">
        It was asked to stop and did not. {unsubscribe.isError ? wordsOf(unsubscribe.error) : why}
      </p>
      {may.includes('channels.disconnect') && (
        <Button
          busy={unsubscribe.isPending}
          className="mt-2 max-[899px]:h-11"
          onClick={() => unsubscribe.mutate({ tenant: slug, key })}
        >
          Tell Meta again
        </Button>
      )}
    </Notice>
  );
}
