import type { FailureView } from '#components/trpc/types.ts';

/** What happened and what to do, as one line. */
export function failureWords({ title, remedy }: FailureView): string {
  return `${notDelivered(title)}${/[.!?]$/u.test(title) ? '' : '.'} ${remedy}`;
}

/** Some reasons say it themselves. */
export function notDelivered(title: string): string {
  return /^not (?:sent|delivered)/iu.test(title) ? title : `Not delivered: ${title}`;
}
