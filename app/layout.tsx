import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { themeCookie, themeFrom } from '#components/ui/theme.ts';
import { NowProvider } from '#components/ui/use-now.tsx';

export const metadata: Metadata = {
  title: { default: 'Parley', template: '%s · Parley' },
  description: 'WhatsApp bot and shared inbox',
};
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  interactiveWidget: 'resizes-content',
};

// The policy's nonce is new on every request, so no page may be made ahead.
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeFrom((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} suppressHydrationWarning>
      <body>
        <NowProvider at={Date.now()}>{children}</NowProvider>
      </body>
    </html>
  );
}
