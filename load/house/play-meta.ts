/** Tells the simulated Meta something, or asks it. Its README has the paths. */
export async function control<T>(meta: string, what: string, body?: object): Promise<T> {
  const answer = await fetch(`${meta}/_sim/${what}`, {
    ...(body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  if (!answer.ok) throw new Error(`/_sim/${what} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A message that arrived at the simulated Meta, with the moments that count. Milliseconds since 1970. */
export type Arrival = {
  readonly phoneNumberId: string;
  readonly to: string;
  readonly at: number;
  readonly accepted: boolean;
  /** When the product answered 200 to the status. */
  readonly heardSent: number | undefined;
  readonly heardDelivered: number | undefined;
};

type Listed = {
  readonly phone_number_id: string;
  readonly to: string;
  readonly at: string;
  readonly accepted: boolean;
  readonly heard: { readonly sent?: string; readonly delivered?: string };
};

/** Everything that the product has sent, oldest first. */
export async function listArrivals(meta: string): Promise<Arrival[]> {
  const { messages } = await control<{ messages: Listed[] }>(meta, 'messages');
  const moment = (date: string | undefined) => (date === undefined ? undefined : Date.parse(date));
  return messages.map(({ phone_number_id, to, at, accepted, heard }) => ({
    ...{ phoneNumberId: phone_number_id, to: to.replace(/^\+/, ''), accepted, at: Date.parse(at) },
    ...{ heardSent: moment(heard.sent), heardDelivered: moment(heard.delivered) },
  }));
}

/** Waits until no webhook is under way any more, at most so long. Answers how many are. */
export async function untilTold(meta: string, mostSeconds: number): Promise<number> {
  const until = performance.now() + mostSeconds * 1000;
  for (;;) {
    const { pending } = await control<{ pending: { webhooks: number; statuses: number } }>(meta, 'health');
    const left = pending.webhooks + pending.statuses;
    if (left === 0 || performance.now() > until) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
