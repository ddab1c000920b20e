'use client';
import { Mail } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { ShownLetter } from '#components/trpc/types.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Time } from '#components/ui/time.tsx';
import { exactTime } from '#components/ui/time-words.ts';
import { useTimeZone } from '#components/ui/use-time-zone.ts';
import { QuietLink } from './quiet-link.tsx';

/** Asks again this often, in milliseconds. */
const askEvery = 3_000;

/** The letters of the demo, which has no mail server: newest first, and new ones come by themselves. */
export function Outbox({ letters }: { letters: readonly ShownLetter[] }) {
  const router = useRouter();
  const timeZone = useTimeZone();
  useEffect(() => {
    const asking = setInterval(() => router.refresh(), askEvery);
    return () => clearInterval(asking);
  }, [router]);
  return (
    <main className="min-h-dvh bg-surface-0 px-4">
      <div className="mx-auto max-w-[640px] pt-8 pb-12">
        <h1 className="text-xl font-semibold text-strong">Outbox</h1>
        <p className="mt-2 text-sm text-normal">
          This is a demo without a mail server: its letters end here, for everybody to read.
        </p>
        {letters.length === 0 && (
          <EmptyState icon={Mail} title="No letters yet">
            Sign up, invite somebody or ask for a new password.
          </EmptyState>
        )}
        <ol className="mt-5 space-y-4">
          {letters.map(({ id, to, subject, text, link, at }) => (
            <li key={id} className="rounded-md border border-line bg-surface-1 p-4">
              <h2 className="text-base font-semibold wrap-anywhere text-strong">{subject}</h2>
              <p className="mt-0.5 text-xs wrap-anywhere text-muted">
                To {to} · <Time at={at} timeZone={timeZone} words={exactTime(new Date(at), timeZone)} />
              </p>
              <p className="mt-3 text-sm wrap-anywhere whitespace-pre-line text-normal">{text}</p>
              {link && (
                <p className="mt-3 text-sm wrap-anywhere">
                  <a href={link} className="text-accent-text underline underline-offset-2">
                    {link}
                  </a>
                </p>
              )}
            </li>
          ))}
        </ol>
        <p className="mt-6 text-sm">
          <QuietLink href="/home">Back to Parley</QuietLink>
        </p>
      </div>
    </main>
  );
}
