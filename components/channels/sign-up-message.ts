/** What Meta's dialog told: the ids, or why there are none. */
export type SignedUp = { phoneNumberId: string; wabaId: string } | { problem: string };

/**
 * A message of Meta's window, or undefined for one of somebody else's: only facebook.com speaks for Meta, and in the
 * demo (`simulated`) our own origin.
 */
export function readSignUpMessage(
  { origin, data }: { origin: string; data: unknown },
  simulated: string | null,
): SignedUp | undefined {
  if (!isMeta(origin) && origin !== simulated) return undefined;
  const message = parse(data);
  if (!isObject(message) || message['type'] !== 'WA_EMBEDDED_SIGNUP') return undefined;
  const told = isObject(message['data']) ? message['data'] : {};
  const event = String(message['event']);
  if (event.startsWith('FINISH')) {
    const [phoneNumberId, wabaId] = [told['phone_number_id'], told['waba_id']].map((id) => String(id ?? ''));
    if (phoneNumberId && wabaId) return { phoneNumberId, wabaId };
    return { problem: 'The account has no number yet. Go through the window again, and add one.' };
  }
  if (typeof told['error_message'] === 'string')
    return { problem: `Meta says: ${told['error_message'].slice(0, 300)}` };
  return { problem: 'You left the window before it was finished. Nothing was connected.' };
}

function isMeta(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' && (hostname === 'facebook.com' || hostname.endsWith('.facebook.com'));
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
