'use client';
import { Avatar } from '#components/ui/avatar.tsx';
import { Counter } from '#components/ui/counter.tsx';
import { cx } from '#components/ui/cx.ts';
import { Tag } from '#components/ui/tag.tsx';
import { TurnedText } from '#components/ui/turned-text.tsx';
import { displayNumber } from './phone-number.ts';
import type { Person } from './sim-shapes.ts';

type Props = { person: Person; isChosen: boolean; onChoose: () => void };

export function PersonRow({ person, isChosen, onChoose }: Props) {
  const { name, waId, username, userId, failsWith, unread } = person;
  const number = waId ? displayNumber(waId) : '';
  const isNumber = name === waId;
  return (
    <button
      type="button"
      aria-current={isChosen ? 'true' : undefined}
      onClick={onChoose}
      className={cx(
        'flex h-14 w-full items-center gap-3 rounded-md px-3 text-start -outline-offset-2',
        isChosen ? 'bg-accent-soft' : 'hover:bg-surface-2',
      )}
    >
      <Avatar name={name} />
      <span className="min-w-0 flex-1">
        <TurnedText className="text-sm font-medium text-strong">{isNumber ? number : name}</TurnedText>
        <span className="num block truncate text-xs text-muted">
          {isNumber ? 'No profile name' : number || (username ? `@${username}` : userId)}
        </span>
      </span>
      {!waId && <Tag>No number</Tag>}
      {failsWith !== undefined && (
        <Tag tone="danger">
          <span title={`Every message to this number fails with ${failsWith}`}>{failsWith}</span>
        </Tag>
      )}
      {unread > 0 && <Counter value={unread} of="unread" />}
    </button>
  );
}
