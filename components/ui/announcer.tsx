'use client';
import { createContext, type ReactNode, useContext, useRef, useState } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says a sentence to who listens instead of looks, when they are done with what they hear now. */
export function useAnnounce() {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ number: 0, text: '' });
  const announce = useRef((text: string) => setSaid((before) => ({ number: before.number + 1, text })));
  return (
    <AnnounceContext value={announce.current}>
      {children}
      <div aria-live="polite" className="sr-only">
        {/* A new element each time: the same sentence twice is two pieces of news. */}
        <p key={said.number}>{said.text}</p>
      </div>
    </AnnounceContext>
  );
}
