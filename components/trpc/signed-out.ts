'use client';
import { useEffect } from 'react';

// The tabs of a browser share one session: when it ends in one, what the others show is nobody's any more.
const channelName = 'parley-session';

/** To be called by the tab that ended the session, or found it ended. */
export function tellSignedOut(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('signed out');
  channel.close();
}

/** Leaves this page, which is hidden at once, however long the way takes. Whoever signs in comes back to it. */
export function leaveForSignIn(): void {
  document.body.hidden = true;
  window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname)}`);
}

/** Leaves as soon as another tab signs out; and looks again when the browser shows what it had put aside. */
export function useLeaveWithOthers(): void {
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener('message', leaveForSignIn);
    window.addEventListener('pageshow', reloadIfKept);
    return () => {
      channel.close();
      window.removeEventListener('pageshow', reloadIfKept);
    };
  }, []);
}

function reloadIfKept({ persisted }: PageTransitionEvent) {
  if (persisted) window.location.reload();
}
