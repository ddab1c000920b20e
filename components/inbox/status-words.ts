import { Check, CheckCheck, CircleAlert, CircleHelp, Clock3, type LucideIcon } from 'lucide-react';
import type { MessageItem } from '#components/trpc/types.ts';

export type Status = NonNullable<MessageItem['status']>;

/** A word for each rung, the mark that stands for it, and what it means to who points at it. */
export const statusWords: Record<Status, { word: string; icon: LucideIcon; tone: string; means: string }> = {
  queued: { word: 'Queued', icon: Clock3, tone: 'text-muted', means: 'waits to be handed to WhatsApp' },
  unknown: { word: 'Unknown', icon: CircleHelp, tone: 'text-warning', means: 'WhatsApp did not confirm it' },
  accepted: { word: 'Accepted', icon: Clock3, tone: 'text-muted', means: 'WhatsApp has taken it' },
  sent: { word: 'Sent', icon: Check, tone: 'text-muted', means: 'on its way to the phone' },
  failed: { word: 'Failed', icon: CircleAlert, tone: 'text-danger', means: 'did not arrive' },
  delivered: { word: 'Delivered', icon: CheckCheck, tone: 'text-muted', means: 'on the phone' },
  read: { word: 'Read', icon: CheckCheck, tone: 'text-tick-read', means: 'opened by the lead' },
};
