/** 435,200 */
export const count = (value: number): string => Math.round(value).toLocaleString('en');

/** Of a rate a second what is known of it: 340 · 12.4 · 0.35 */
export function rateNumber(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return Number(value.toFixed(digits)).toLocaleString('en');
}

/** 340/s */
export const rate = (value: number): string => `${rateNumber(value)}/s`;

/** 38 % · 0.4 % */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value > 0 && value < 1 ? 1 : 0;
  return `${Number(value.toFixed(digits)).toLocaleString('en')}\u00a0%`;
}

/** 50 ms · 1.2 s */
export function milliseconds(value: number): string {
  if (value >= 1_000) return `${Number((value / 1_000).toFixed(1))}\u00a0s`;
  return `${value >= 10 ? Math.round(value) : Number(value.toFixed(1))}\u00a0ms`;
}

/** 8 s · 12 min · 1.5 h */
export function lasting(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)}\u00a0s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)}\u00a0min`;
  return `${Number((seconds / 3_600).toFixed(1))}\u00a0h`;
}

/** 1 tenant · 64 tenants */
export const tenants = (number: number): string => `${count(number)}\u00a0tenant${number === 1 ? '' : 's'}`;

/** CPU, web · Connections */
export const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A superadmin belongs to no tenant, so to no time zone of one. */
export const timeZone = 'UTC';
