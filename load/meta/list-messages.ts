import type { Ledger, Send } from './ledger.ts';

/**
 * `GET /_sim/messages?phone_number_id=&to=`: every attempt to send, oldest first, in pieces of JSON, because two
 * hundred thousand of them in one string would stand still the process.
 */
export function* listMessages(ledger: Ledger, query: URLSearchParams): Generator<string> {
  const phoneNumberId = query.get('phone_number_id');
  // A `+` that was not encoded arrives as a space.
  const to = query.get('to')?.replace(/^[+ ]/, '');
  const wanted = [...ledger.sends()].filter(
    (send) =>
      (!phoneNumberId || send.phoneNumberId === phoneNumberId) && (!to || send.to.replace(/^\+/, '') === to),
  );
  yield '{"messages":[';
  for (let start = 0; start < wanted.length; start += 500) {
    const piece = wanted
      .slice(start, start + 500)
      .map(present)
      .join(',');
    yield start === 0 ? piece : `,${piece}`;
  }
  yield ']}';
}

function present({ id, phoneNumberId, to, at, request, answer, accepted, heard }: Send): string {
  const head = JSON.stringify({ id, phone_number_id: phoneNumberId, to, at: new Date(at).toISOString() });
  const tail = JSON.stringify({ answer, accepted, heard: datesOf(heard) });
  return `${head.slice(0, -1)},"request":${isJson(request) ? request : JSON.stringify(request)},${tail.slice(1)}`;
}

function datesOf(heard: Send['heard']) {
  return Object.fromEntries(
    Object.entries(heard).map(([status, at]) => [status, new Date(at).toISOString()]),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
