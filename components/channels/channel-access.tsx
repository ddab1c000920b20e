'use client';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyLine } from '#components/ui/copy-line.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useToast } from '#components/ui/toast.tsx';
import { useNow } from '#components/ui/use-now.tsx';
import { type Channel, useChannelDeeds } from './channels.ts';
import { ReplaceDialog } from './replace-dialog.tsx';

type Props = { channel: Channel; keys: NonNullable<Channel['keys']> };

/** The address and secrets of the number, for who may change them. Secrets are replaced here, never shown. */
export function ChannelAccess({ channel, keys }: Props) {
  const { slug } = useMember();
  const [open, setOpen] = useState<'token' | 'secret' | null>(null);
  const { key, ownApp } = channel;
  const input = { tenant: slug, key };
  const { replaceVerifyToken } = useChannelDeeds();
  const toast = useToast();
  return (
    <section aria-label="Access" className="rounded-md border border-line bg-surface-1 p-5">
      <h2 className="text-base font-semibold text-strong">Webhook and secrets</h2>
      <p className="mt-1 text-sm text-normal">
        {ownApp
          ? 'This number uses a Meta app of your own: its address and verify token belong into the app, under WhatsApp, Configuration, Webhook.'
          : 'This number uses the platform’s Meta app: there is nothing to enter at Meta.'}
      </p>
      <div className="mt-4 space-y-4">
        <CopyLine label="Webhook URL" text={keys.webhookUrl} />
        {ownApp && <VerifyToken channel={channel} />}
        <CopyLine label="Phone number id" text={keys.phoneNumberId} />
        <CopyLine label="WhatsApp Business account id" text={keys.wabaId} />
        {keys.appId && <CopyLine label="App id" text={keys.appId} />}
      </div>
      <div className="mt-5 flex flex-wrap gap-2">
        <Button className="max-[899px]:h-11" onClick={() => setOpen('token')}>
          Replace token…
        </Button>
        {ownApp && (
          <>
            <Button className="max-[899px]:h-11" onClick={() => setOpen('secret')}>
              Replace app secret…
            </Button>
            <Button
              className="max-[899px]:h-11"
              busy={replaceVerifyToken.isPending}
              onClick={() =>
                replaceVerifyToken.mutate(input, {
                  onSuccess: () =>
                    toast({ text: 'There is a new verify token. The one from before is taken for a day.' }),
                  onError: (error) => toast({ text: wordsOf(error) }),
                })
              }
            >
              New verify token
            </Button>
          </>
        )}
      </div>
      <Former what="app secret" which="secret" channelKey={key} until={keys.formerSecretUntil} />
      <Former what="verify token" which="verify-token" channelKey={key} until={keys.formerVerifyTokenUntil} />
      <ReplaceDialog what={open} channelKey={key} onClose={() => setOpen(null)} />
    </section>
  );
}

function VerifyToken({ channel: { key, keys } }: { channel: Channel }) {
  const { slug } = useMember();
  const { showVerifyToken } = useChannelDeeds();
  const until = keys?.formerVerifyTokenUntil ?? null;
  // One that was replaced since is no longer the one that was shown.
  const [shown, setShown] = useState<{ token: string; until: string | null } | null>(null);
  if (shown && shown.until === until) return <CopyLine label="Verify token" text={shown.token} />;
  return (
    <div>
      <p className="text-sm font-medium text-strong">Verify token</p>
      <Button
        className="mt-1 max-[899px]:h-11"
        busy={showVerifyToken.isPending}
        onClick={() =>
          showVerifyToken.mutate({ tenant: slug, key }, { onSuccess: (token) => setShown({ token, until }) })
        }
      >
        Show verify token
      </Button>
      {showVerifyToken.isError && (
        <p role="alert" className="mt-1 text-xs text-danger">
          {wordsOf(showVerifyToken.error)}
        </p>
      )}
    </div>
  );
}

type FormerProps = {
  what: string;
  which: 'secret' | 'verify-token';
  channelKey: string;
  until: string | null;
};

function Former({ what, which, channelKey, until }: FormerProps) {
  const { slug, timeZone } = useMember();
  const now = useNow();
  const toast = useToast();
  const { endFormer } = useChannelDeeds();
  if (until === null) return null;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-surface-2 px-3 py-2.5 text-sm text-strong">
      <p className="min-w-0 flex-1">
        The {what} from before is taken as well until {sinceTime(new Date(until), now, timeZone)}.
      </p>
      <Button
        size="small"
        busy={endFormer.isPending}
        onClick={() =>
          endFormer.mutate(
            { tenant: slug, key: channelKey, which },
            { onError: (error) => toast({ text: wordsOf(error) }) },
          )
        }
      >
        End it now
      </Button>
    </div>
  );
}
