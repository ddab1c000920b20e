/** What one can do about a bubble, below it. */
export const linkLook = 'rounded-sm text-accent-text underline underline-offset-2 max-[899px]:min-h-11';
