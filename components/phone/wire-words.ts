import { displayNumbers } from './phone-number.ts';
import type { Exchange } from './sim-shapes.ts';

const words: Record<string, string> = {
  message: 'Message',
  status: 'Status',
  verify: 'Verify',
  send: 'Send',
  'mark-as-read': 'Mark as read',
  graph: 'Graph',
};

/** How a line of the wire reads; `isFailure` where something did not happen. */
export function lineOf({ kind, summary, outcome, status, ms }: Exchange) {
  const duration = `${Math.max(1, Math.round(ms))}\u00a0ms`;
  const isNumber = String(status) === outcome;
  return {
    kind: words[kind] ?? kind,
    summary: displayNumbers(summary),
    isFailure: kind === 'status' && summary.startsWith('failed'),
    outcome: isNumber ? `${outcome} · ${duration}` : outcome,
    isRefused: isNumber ? Number(outcome) >= 300 : outcome !== 'accepted',
  };
}

/** Under a header's name there may be the signature; it is shown apart. */
export function signatureOf({ detail: { headers } }: Exchange): string | undefined {
  return headers['x-hub-signature-256'];
}

/** How far the simulated clock is ahead, in words; null where it is not. */
export function aheadWords(seconds: number): string | null {
  const hours = Math.round(seconds / 3_600);
  if (hours <= 0) return null;
  const days = Math.floor(hours / 24);
  const parts = [count(days, 'day'), count(hours % 24, 'hour')].filter((part) => part !== '');
  return parts.join(' ');
}

function count(number: number, unit: string): string {
  if (number === 0) return '';
  return `${number}\u00a0${unit}${number === 1 ? '' : 's'}`;
}
