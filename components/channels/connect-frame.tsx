import type { ReactNode } from 'react';

/** A page on the way to a connected number: heading, a sentence, and what is to be done. */
export function ConnectFrame({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className="min-w-0 flex-1 overflow-y-auto bg-surface-0">
      <div className="mx-auto max-w-3xl px-6 py-8 max-[899px]:px-4 max-[899px]:py-5">
        <h1 className="text-xl font-semibold text-strong">Connect a WhatsApp number</h1>
        <p className="mt-0.5 text-base text-muted">{words}</p>
        <div className="mt-6 space-y-4">{children}</div>
      </div>
    </div>
  );
}
