'use client';
import { useEffect } from 'react';

/** The server names the page that it makes; a conversation opened in place names it here. */
export function useDocumentTitle(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return;
    document.title = `${name} · Parley`;
    return () => {
      document.title = 'Inbox · Parley';
    };
  }, [name]);
}
