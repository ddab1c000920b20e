'use client';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { useChannelDeeds } from './channels.ts';

const kinds = {
  token: {
    title: 'Replace the access token',
    description:
      'Make one in Meta Business settings, under Users, System users, Generate token. Meta is asked whether it opens this number before it takes the old one’s place; no message is lost.',
    label: 'New access token',
    done: 'The new token is in use.',
  },
  secret: {
    title: 'Replace the app secret',
    description:
      'Copy it from developers.facebook.com, My apps, your app, App settings, Basic. For a day both are taken, so that no message is lost.',
    label: 'New app secret',
    done: 'The new app secret is in use. The one from before is taken for a day.',
  },
} as const;

type Props = { what: keyof typeof kinds | null; channelKey: string; onClose: () => void };

export function ReplaceDialog({ what, channelKey, onClose }: Props) {
  return what === null ? null : <Replacing what={what} channelKey={channelKey} onClose={onClose} />;
}

function Replacing({ what, channelKey, onClose }: Props & { what: keyof typeof kinds }) {
  const { slug } = useMember();
  const toast = useToast();
  const form = useId();
  const [secret, setSecret] = useState('');
  const { replaceToken, replaceAppSecret } = useChannelDeeds();
  const deed = what === 'token' ? replaceToken : replaceAppSecret;
  const { title, description, label, done } = kinds[what];

  function submit(event: FormEvent) {
    event.preventDefault();
    const input = { tenant: slug, key: channelKey };
    const onSuccess = () => {
      onClose();
      toast({ text: done });
    };
    if (what === 'token') replaceToken.mutate({ ...input, accessToken: secret }, { onSuccess });
    else replaceAppSecret.mutate({ ...input, appSecret: secret }, { onSuccess });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            busy={deed.isPending}
            disabled={secret.trim().length < 8}
          >
            Replace
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit} className="space-y-3">
        <Field
          label={label}
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          value={secret}
          hint="Stored encrypted, and never shown again."
          onChange={({ target }) => setSecret(target.value)}
        />
        {deed.isError && <Notice tone="danger">{wordsOf(deed.error)}</Notice>}
      </form>
    </Dialog>
  );
}
