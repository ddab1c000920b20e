import { formatNumber } from './table.ts';

/** Whole numbers with thousands apart; rates as people read them. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const perSecond = (value: number): string => `${formatNumber(value)}/s`;
export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;
export const milliseconds = (value: number): string => `${formatNumber(value)} ms`;

export function duration(seconds: number): string {
  if (seconds < 100) return `${formatNumber(Math.round(seconds * 10) / 10)} s`;
  return `${formatNumber(Math.round(seconds / 6) / 10)} min`;
}

export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
