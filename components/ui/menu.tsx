'use client';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { Kbd } from './kbd.tsx';

const itemClass =
  'flex h-8 w-full items-center gap-2 rounded-sm px-2 text-start text-sm text-strong outline-none select-none data-highlighted:bg-surface-2 max-[899px]:h-11';

type Props = {
  /** The button that opens it; it keeps its own looks. */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
};

/** It opens within the landmark that its button is in, so that whoever goes by landmarks does not lose it. */
export function Menu({ trigger, children, side = 'bottom', align = 'start' }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <span ref={place} className="contents" />
      <Base.Portal container={place}>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={4}
          positionMethod="fixed"
          className="z-40 outline-none"
        >
          <Base.Popup className="max-h-(--available-height) min-w-48 overflow-y-auto rounded-md bg-surface-1 p-1 shadow-pop outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = {
  icon?: LucideIcon;
  shortcut?: string | undefined;
  onClick: () => void;
  children: ReactNode;
};

export function MenuItem({ icon: Icon, shortcut, onClick, children }: ItemProps) {
  return (
    <Base.Item className={itemClass} onClick={onClick}>
      {Icon && <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />}
      <span className="flex-1 truncate">{children}</span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </Base.Item>
  );
}

/** A line that leads to another page. */
export function MenuLink({
  href,
  current,
  children,
}: {
  href: string;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <Base.LinkItem className={itemClass} href={href} aria-current={current ? 'page' : undefined}>
      <span className="flex-1 truncate">{children}</span>
      {current && (
        <Check aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-accent-text" />
      )}
    </Base.LinkItem>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon: LucideIcon }[];
  onChoose: (value: T) => void;
};

/** One of several, with a tick at the chosen one. */
export function MenuChoice<T extends string>({ label, value, options, onChoose }: ChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChoose}>
      <MenuLabel>{label}</MenuLabel>
      {options.map(({ value: option, label: name, icon: Icon }) => (
        <Base.RadioItem key={option} value={option} closeOnClick className={itemClass}>
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
          <span className="flex-1">{name}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden="true" strokeWidth={1.75} className="size-4 text-accent-text" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

/** Names a group; only inside `MenuGroup` or a choice. */
function MenuLabel({ children }: { children: ReactNode }) {
  return <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-muted">{children}</Base.GroupLabel>;
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <MenuLabel>{label}</MenuLabel>
      {children}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}

/** One of several that may be chosen together; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onChange} className={itemClass}>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Base.CheckboxItemIndicator>
        <Check aria-hidden="true" strokeWidth={1.75} className="size-4 text-accent-text" />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  );
}
