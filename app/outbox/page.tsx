import { outbox } from '#app/gate.ts';
import { Outbox } from '#components/sign-in/outbox.tsx';

export const metadata = { title: 'Outbox' };

/** The demo's letters; elsewhere there is no such page. */
export default async function OutboxPage() {
  return <Outbox letters={await outbox()} />;
}
