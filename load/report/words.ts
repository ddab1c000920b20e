import { formatNumber } from './table.ts';

/** Whole numbers with thousands apart; rates as people read them. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const perSecond = (value: number): string => `${formatNumber(value)}/s`;
export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;
export const milliseconds = (value: number): string => `${formatNumber(value)} ms`;

export const duration = (seconds: number): string =>
  seconds < 100 ? `${tenths(seconds)} s` : `${tenths(seconds / 60)} min`;

const tenths = (value: number) => (Math.round(value * 10) / 10).toLocaleString('en');

export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
