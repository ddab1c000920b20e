/** A person as a webhook names them: by phone number (digits), by business-scoped user id, or both. */
export type Person = {
  phone: string | null;
  bsuid: string | null;
  name: string | null;
  username: string | null;
};

/** A message that came in. `content` is what has no column: the reply's id, or the whole message of other kinds. */
export type InboundEvent = {
  type: 'message';
  phoneNumberId: string;
  person: Person;
  /** The number that this person had until now, where the message says that they changed it. */
  formerPhone?: string;
  wamid: string;
  at: Date;
  /** text · button_reply · list_reply · else Meta's own type, such as "image" */
  kind: string;
  body: string;
  content: unknown;
  quotedWamid: string | null;
};

export type Rung = 'sent' | 'delivered' | 'read' | 'failed';

/** What Meta says of why it failed: its code, title and details. */
export type MetaFailure = {
  code: number | null;
  title: string;
  details: string | null;
  /** Set where it was no word of Meta's: a rule of our own said no. */
  reason?: string;
};

/** News of a message that we sent. `callbackData` is what we gave along with it: our own message id. */
export type StatusEvent = {
  type: 'status';
  phoneNumberId: string;
  wamid: string;
  rung: Rung;
  at: Date;
  failure: MetaFailure | null;
  /** What Meta charges for it, where it says so: in `sent`, and in `delivered` or `read`. */
  pricing: { category: string; type: string } | null;
  callbackData: string | null;
};

/** What a person told WhatsApp itself about messages that this business begins: the menu's "Stop" and "Resume", or a sign-up. */
export type PreferenceEvent = {
  type: 'preference';
  phoneNumberId: string;
  person: Person;
  state: 'out' | 'in';
  at: Date;
  /** Meta's own word and sentence for it. */
  words: string;
};

/** A part of a payload that we could not read or have no use for yet, whole, with its reason; bytes where it is no JSON. */
export type OddPart = {
  type: 'odd';
  reason: 'not-json' | 'unknown-object' | 'unreadable' | 'unhandled-field' | 'group-message';
  phoneNumberId: string | null;
  wabaId: string | null;
  part: unknown;
};

export type WebhookEvent = InboundEvent | StatusEvent | PreferenceEvent | OddPart;
