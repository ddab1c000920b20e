export type Draft = { text: string; onLoan: boolean };

/** The text kept for all tabs is another one now, or none: who has it on loan follows, who has typed keeps their own. */
export function followKept(draft: Draft, kept: string | null): Draft {
  return draft.onLoan ? { text: kept ?? '', onLoan: kept !== null } : draft;
}

/** Another tab has sent this text: whoever has the same has it no more, whatever else is written stays. */
export function withoutSent(draft: Draft, sent: string): Draft {
  return draft.text === sent ? { text: '', onLoan: false } : draft;
}
