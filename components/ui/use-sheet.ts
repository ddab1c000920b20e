'use client';
import { useEffect, useState } from 'react';

/** Whether a sheet above the page is open. It has an entry in the history, so that Back closes it and not what is below. */
export function useSheet(): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const close = () => setOpen(false);
    window.addEventListener('popstate', close);
    return () => window.removeEventListener('popstate', close);
  }, [open]);
  return [
    open,
    (next) => {
      if (next) window.history.pushState(null, '', window.location.href);
      else window.history.back();
      setOpen(next);
    },
  ];
}
