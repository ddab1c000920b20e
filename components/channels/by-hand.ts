/** What the form by hand holds, as it was typed. */
export type Hand = Record<'phoneNumberId' | 'wabaId' | 'appId' | 'appSecret' | 'accessToken' | 'pin', string>;

export const emptyHand: Hand = {
  ...{ phoneNumberId: '', wabaId: '', appId: '', appSecret: '', accessToken: '', pin: '' },
};

/** What is wrong with a value, by its field; nothing where all can be asked of Meta. */
export function problemsOf(hand: Hand): Partial<Record<keyof Hand, string>> {
  const found: Partial<Record<keyof Hand, string>> = {};
  for (const name of ['phoneNumberId', 'wabaId', 'appId'] as const) {
    const problem = problemOfId(hand[name]);
    if (problem) found[name] = problem;
  }
  for (const name of ['appSecret', 'accessToken'] as const)
    if (!/^[\x21-\x7e]{8,1000}$/.test(hand[name].trim()))
      found[name] = hand[name].trim() === '' ? 'Copy it from Meta.' : 'Copy the whole of it, in one piece.';
  if (!/^(\d{6})?$/.test(hand.pin.trim())) found.pin = 'A PIN has six digits.';
  return found;
}

function problemOfId(typed: string): string | undefined {
  const id = typed.trim();
  if (id === '') return 'Copy it from Meta.';
  if (/^\+/.test(id)) return 'This is the phone number. The id is a longer number without a plus.';
  return /^\d{6,20}$/.test(id) ? undefined : 'An id is digits only, 15 or so.';
}

/** As it is sent: without the spaces that copying brings along. */
export const trimmed = (hand: Hand) => ({
  phoneNumberId: hand.phoneNumberId.trim(),
  wabaId: hand.wabaId.trim(),
  appId: hand.appId.trim(),
  appSecret: hand.appSecret.trim(),
  accessToken: hand.accessToken.trim(),
  pin: hand.pin.trim() || null,
});
