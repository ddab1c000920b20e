'use client';
import { X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

/** Something that has happened elsewhere than where one looks, with the way back. What failed belongs beside its control. */
export type Toast = { text: string; action?: { label: string; run: () => void } };

const ToastContext = createContext<(toast: Toast) => void>(() => {});
const shownFor = 8_000;

export function useToast() {
  return useContext(ToastContext);
}

/** The newest toast only: an older one has had its time. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<(Toast & { number: number }) | null>(null);
  const counter = useRef(0);
  const show = useRef((next: Toast) => {
    counter.current += 1;
    setToast({ ...next, number: counter.current });
  });
  return (
    <ToastContext value={show.current}>
      {children}
      {/* On phones above the composer, which one may go on writing in. */}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex px-4 max-[899px]:bottom-40 max-[899px]:justify-center min-[900px]:ps-52"
      >
        {toast && <ToastBox key={toast.number} toast={toast} onDone={() => setToast(null)} />}
      </div>
    </ToastContext>
  );
}

function ToastBox({ toast, onDone }: { toast: Toast; onDone: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onDone, shownFor);
    return () => clearTimeout(timer);
  }, [held, onDone]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it does nothing itself; who points at it or tabs into it gets more time.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex min-h-11 max-w-full items-center gap-2 rounded-md bg-surface-1 py-1 ps-4 pe-1.5 text-sm text-strong shadow-pop"
    >
      <p className="min-w-0 flex-1">{toast.text}</p>
      {toast.action && (
        <Button
          look="ghost"
          size="small"
          className="text-accent-text max-[899px]:h-11"
          onClick={() => {
            toast.action?.run();
            onDone();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton label="Dismiss" icon={X} onClick={onDone} />
    </div>
  );
}
