import { z } from 'zod';
import { leadFilterForm } from './lead-filter.ts';

/** As many leads as one transaction changes, and as can be named one by one. */
export const slice = 1_000;
const mostNamed = 5_000;

/** Whom a bulk change is about: these, or all that match a filter when it begins. */
export const whoForm = z.union([
  z.object({ ids: z.array(z.uuid()).min(1).max(mostNamed) }),
  z.object({ filter: leadFilterForm }),
]);

/** What can be done to many and leaves them where they are. */
export const changeForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('label'), labelId: z.uuid() }),
  z.object({ kind: z.literal('unlabel'), labelId: z.uuid() }),
  /** Null: nobody looks after them any more; their conversations stay where they are. */
  z.object({ kind: z.literal('assign'), userId: z.uuid().nullable() }),
]);
const deedForm = z.union([changeForm, z.object({ kind: z.literal('delete') })]);

/** What `bulk_changes.order` holds: what to do, to whom, what it is called, and how far it is. */
export const orderForm = z.object({
  who: whoForm,
  deed: deedForm,
  /** The label's or the member's name. */
  name: z.string().nullable(),
  /** The last lead of the last slice. */
  after: z.uuid().nullable(),
  /** How many an undo has restored. */
  restored: z.number().int().default(0),
  undoneBy: z.object({ userId: z.uuid(), name: z.string() }).nullable().default(null),
});

export type Who = z.infer<typeof whoForm>;
export type Deed = z.infer<typeof deedForm>;
export type Order = z.infer<typeof orderForm>;
export type BulkState = 'waiting' | 'running' | 'finished' | 'undoing' | 'undone';

export type BulkView = {
  id: string;
  kind: Deed['kind'];
  name: string | null;
  state: BulkState;
  /** How many were meant, have been looked at, were changed, and were restored by an undo. */
  meant: number;
  done: number;
  changed: number;
  restored: number;
};
