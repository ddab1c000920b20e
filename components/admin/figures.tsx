/** The server stops counting here. */
const countedTo = 10_000;

/** A count as far as it was counted: 1,204 · 10,000+. */
export function Counted({ count }: { count: number }) {
  if (count < countedTo) return count.toLocaleString('en');
  return <span title="Counted up to here">{countedTo.toLocaleString('en')}+</span>;
}

/** 1 member · 12 members */
export function countOf(number: number, unit: string): string {
  return `${number.toLocaleString('en')}\u00a0${unit}${number === 1 ? '' : 's'}`;
}

/** A superadmin belongs to no tenant, so to no time zone of one. */
export const timeZone = 'UTC';
