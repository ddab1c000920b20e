'use client';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { emptyHand, type Hand, problemsOf, trimmed } from './by-hand.ts';
import { Way } from './way.tsx';

/** What Meta's screens show, copied by hand. Each field says where it stands there. */
export function ByHandForm() {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const router = useRouter();
  const [hand, setHand] = useState<Hand>(emptyHand);
  const [shown, setShown] = useState(false);
  const problems = shown ? problemsOf(hand) : {};
  const begin = useMutation(
    trpc.connect.byHand.mutationOptions({
      onSuccess: ({ id }) => router.push(`/t/${tenant}/channels/connect/${id}` as Route),
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (begin.isPending || Object.keys(problemsOf(hand)).length > 0) return;
    begin.mutate({ tenant, ...trimmed(hand) });
  }

  const bind = (name: keyof Hand) => ({
    value: hand[name],
    error: problems[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: ({ target }: { target: { value: string } }) => setHand({ ...hand, [name]: target.value }),
  });
  return (
    <Way
      icon={KeyRound}
      title="By hand"
      words="With a Meta app of your own: copy six things from Meta’s screens. The address for messages is entered for you."
    >
      <form method="post" onSubmit={submit} noValidate className="grid gap-4 min-[640px]:grid-cols-2">
        <Field
          label="Phone number ID"
          inputMode="numeric"
          hint="My apps, your app, WhatsApp, API setup: below the number under From."
          {...bind('phoneNumberId')}
        />
        <Field
          label="WhatsApp Business account ID"
          inputMode="numeric"
          hint="On the same page, beside the phone number ID."
          {...bind('wabaId')}
        />
        <Field label="App ID" inputMode="numeric" hint="My apps, your app: at the top." {...bind('appId')} />
        <Field
          label="App secret"
          type="password"
          hint="App settings, Basic: choose Show beside it."
          {...bind('appSecret')}
        />
        <Field
          label="Access token"
          type="password"
          hint="Business settings, System users, Generate token: expiry Never, both WhatsApp permissions."
          {...bind('accessToken')}
        />
        <Field
          label="PIN (optional)"
          type="password"
          inputMode="numeric"
          hint="Six digits of two-step verification; only for a number that is not registered yet."
          {...bind('pin')}
        />
        <div className="min-[640px]:col-span-2">
          {begin.isError && (
            <Notice tone="danger" className="mb-3">
              {wordsOf(begin.error)}
            </Notice>
          )}
          <Button type="submit" busy={begin.isPending} className="max-[899px]:h-11">
            Check the number
          </Button>
          <p className="mt-2 text-xs text-muted">
            Token, secret and PIN are stored encrypted and never shown again.
          </p>
        </div>
      </form>
    </Way>
  );
}
