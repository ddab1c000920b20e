/** One language's words for the starter scripts. `{business}` is the business's name; labels are at most 40 characters. */
export type StarterTexts = {
  /** What an answer is kept under. */
  labels: Record<'name' | 'request' | 'place' | 'question' | 'service' | 'when' | 'change', string>;
  /** Buttons' titles: at most 20 characters. */
  buttons: Record<'quote' | 'question' | 'book' | 'change' | 'person', string>;
  /** What people write instead of tapping a button. */
  words: Record<'quote' | 'question' | 'book' | 'change' | 'person', string[]>;
  /** The first message of each script. */
  welcome: Record<'requests' | 'quotes' | 'appointments', string>;
  asks: Record<'name' | 'need' | 'place' | 'question' | 'service' | 'when' | 'change', string>;
  /** Said when an answer is none. */
  retry: { name: string; text: string; choice: string };
  /** The last message; `{name}` is the name that was given. */
  thanks: Record<'request' | 'quote' | 'appointment' | 'person', string>;
  /** What somebody might write, for the preview. */
  sample: Record<'hello' | 'request' | 'need' | 'place' | 'service' | 'when' | 'name', string>;
};
