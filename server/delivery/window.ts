/** Whether a free message may go out: 24 hours from the lead's newest message, by Meta's clock; never written, never open. */
export const isWindowOpen = (closesAt: Date | null, now: Date): boolean =>
  closesAt !== null && now.getTime() < closesAt.getTime();
