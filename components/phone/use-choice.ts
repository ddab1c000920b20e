'use client';
import { useSearchParams } from 'next/navigation';

type Choice = { as?: string; to?: string };

/** Who writes to which number stands in the address, so that it can be shared and Back goes back. */
export function useChoice(): [Choice, (change: Choice) => void] {
  const parameters = useSearchParams();
  const as = parameters.get('as');
  const to = parameters.get('to');

  function choose(change: Choice) {
    const next = new URLSearchParams(parameters);
    for (const [key, value] of Object.entries(change)) next.set(key, value);
    window.history.pushState(null, '', `?${next}`);
  }

  return [{ ...(as && { as }), ...(to && { to }) }, choose];
}
