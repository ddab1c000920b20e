'use client';
import { Keyboard, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import { ActionProvider, useActions } from '#components/ui/actions.tsx';
import { Announcer } from '#components/ui/announcer.tsx';
import { ToastProvider } from '#components/ui/toast.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { Palette } from './palette.tsx';
import { QuotaBar } from './quota-bar.tsx';
import { Rail } from './rail.tsx';
import { ReconnectBar } from './reconnect-bar.tsx';
import { rooms } from './rooms.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useGo } from './use-go.ts';

/** The frame around a tenant's rooms. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <ActionProvider>
      <Announcer>
        <ToastProvider>
          <Frame>{children}</Frame>
        </ToastProvider>
      </Announcer>
    </ActionProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { slug } = useMember();
  const go = useGo();
  const [sheet, setSheet] = useState<'palette' | 'shortcuts' | null>(null);
  const show = (name: 'palette' | 'shortcuts') => (open: boolean) => setSheet(open ? name : null);
  useActions([
    {
      label: 'Go to a conversation, or do something',
      keys: 'mod+k',
      icon: Search,
      run: () => setSheet('palette'),
      keyOnly: true,
    },
    { label: 'Shortcuts', keys: '?', icon: Keyboard, run: () => setSheet('shortcuts') },
    ...rooms.map((room) => ({
      label: `Go to ${room.label}`,
      keys: room.keys,
      icon: room.icon,
      run: () => go(room.path(slug)),
    })),
  ]);
  const sheets = { onGoTo: () => setSheet('palette'), onShortcuts: () => setSheet('shortcuts') };
  return (
    <div className="group/shell flex h-dvh flex-col overflow-hidden">
      <ReconnectBar />
      <QuotaBar />
      <div className="flex min-h-0 flex-1">
        <Rail {...sheets} />
        <main className="flex min-w-0 flex-1">{children}</main>
      </div>
      <BottomBar {...sheets} />
      <Palette open={sheet === 'palette'} onOpenChange={show('palette')} />
      <ShortcutsDialog open={sheet === 'shortcuts'} onOpenChange={show('shortcuts')} />
    </div>
  );
}
