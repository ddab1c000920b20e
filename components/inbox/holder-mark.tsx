import { Bot, CircleDashed } from 'lucide-react';
import type { Holder } from '#components/trpc/types.ts';
import { Avatar } from '#components/ui/avatar.tsx';

/** Who answers it, in the same column of every row. */
export function HolderMark({ holder }: { holder: Holder }) {
  if (holder.kind === 'member')
    return <Avatar name={holder.name} size={5} label={`Held by ${holder.you ? 'you' : holder.name}`} />;
  const [label, Icon] =
    holder.kind === 'bot' ? (['Held by the bot', Bot] as const) : (['Held by nobody', CircleDashed] as const);
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="grid size-5 shrink-0 place-items-center text-muted"
    >
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-4" />
    </span>
  );
}
