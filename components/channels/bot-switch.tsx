'use client';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { cx } from '#components/ui/cx.ts';
import { useToast } from '#components/ui/toast.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { type ChannelRow, useChannelDeeds } from './channels.ts';

/** Whether the bot answers here; who may not change it reads it. */
export function BotSwitch({ channel }: { channel: ChannelRow }) {
  const { slug, may } = useMember();
  const toast = useToast();
  const hydrated = useHydrated();
  const { setBot } = useChannelDeeds();
  const { key, name, botOn, hasScript, disconnectedAt } = channel;
  const on = setBot.isPending ? setBot.variables.on : botOn;
  if (!may.includes('bot.edit')) return <span className="text-sm">{on ? 'On' : 'Off'}</span>;
  const isFixed = !botOn && (disconnectedAt !== null || !hasScript);
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={`Bot on ${name}`}
      disabled={isFixed}
      aria-disabled={!hydrated || undefined}
      title={isFixed && disconnectedAt === null ? 'Choose a script for the bot first' : undefined}
      onClick={() =>
        setBot.mutate(
          { tenant: slug, key, on: !botOn },
          { onError: (error) => toast({ text: wordsOf(error) }) },
        )
      }
      className="group relative inline-flex h-8 items-center gap-2 rounded-md text-sm text-strong disabled:text-muted max-[899px]:h-11"
    >
      <span
        aria-hidden="true"
        className={cx(
          'flex h-5 w-9 items-center rounded-full border p-0.5',
          on ? 'justify-end border-accent bg-accent' : 'border-line-strong bg-surface-3',
        )}
      >
        <span className={cx('size-3.5 rounded-full', on ? 'bg-on-accent' : 'bg-muted')} />
      </span>
      {on ? 'On' : 'Off'}
    </button>
  );
}
