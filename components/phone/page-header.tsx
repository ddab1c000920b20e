'use client';
import { ChevronDown, Inbox, Phone } from 'lucide-react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { cx } from '#components/ui/cx.ts';
import { Menu, MenuChoice } from '#components/ui/menu.tsx';
import type { BusinessNumber } from './sim-shapes.ts';

type Props = {
  isLive: boolean;
  numbers: readonly BusinessNumber[];
  number: BusinessNumber | undefined;
  onChoose: (phoneNumberId: string) => void;
};

export function PageHeader({ isLive, numbers, number, onChoose }: Props) {
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface-1 px-4 max-[899px]:py-2 min-[900px]:px-6">
      <h1 className="text-lg font-semibold text-strong max-[899px]:flex-1">Simulated phone</h1>
      <p
        role="status"
        className={cx(
          'flex-1 text-sm max-[899px]:order-1 max-[899px]:basis-full',
          isLive ? 'text-muted' : 'font-medium text-warning',
        )}
      >
        {isLive
          ? 'Write as a lead. Nothing here reaches the real WhatsApp.'
          : 'The connection is lost; reconnecting. What you see may be old.'}
      </p>
      <Menu
        align="end"
        trigger={
          <Button
            className="min-w-0 max-[899px]:order-2 max-[899px]:h-11 max-[899px]:w-full"
            disabled={!number}
          >
            <span className="truncate">To number: {number?.verifiedName ?? '…'}</span>
            <ChevronDown aria-hidden="true" strokeWidth={1.75} className="size-3.5 shrink-0 text-muted" />
          </Button>
        }
      >
        <MenuChoice
          label="Whom the lead writes to"
          value={number?.phoneNumberId ?? ''}
          options={numbers.map(({ phoneNumberId, verifiedName }) => ({
            value: phoneNumberId,
            label: verifiedName,
            icon: Phone,
          }))}
          onChoose={onChoose}
        />
      </Menu>
      {/* Another document: which inbox is open to whom is decided there. */}
      <a href="/home" className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}>
        <Inbox aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
        Open the inbox
      </a>
    </header>
  );
}
