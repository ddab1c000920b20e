import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/router.ts';

export type {
  Button,
  ConversationPage,
  ConversationRow,
  ConversationView,
  EventItem,
  FailureView,
  Holder,
  InboxCounts,
  LiveNews,
  MessageItem,
  Preview,
  ThreadItem,
  ThreadPage,
} from '#server/inbox/views.ts';
export type { AppRouter };

type Outputs = inferRouterOutputs<AppRouter>;

/** Who is signed in, in which tenant. */
export type Member = Outputs['tenants']['current'];
/** What Meta counted this month of one number's messages. */
export type ChannelCharges = Outputs['tenants']['usage']['charges'][number];
/** What a business says that WhatsApp charges it for a message. */
export type ChargePrices = NonNullable<Outputs['tenants']['usage']['prices']>;
/** What a tenant spent on one of its days. */
export type UsageDay = Outputs['tenants']['usage']['days'][number];
/** Which conversations a list shows. */
export type InboxTab = 'mine' | 'unassigned' | 'all' | 'closed';
/** How far a tenant is on its way to the first answered message. */
export type Progress = Outputs['onboarding']['progress'];
/** Somebody's own login, as they see it. */
export type Account = Outputs['account']['mine'];
/** A device on which somebody is signed in. */
export type Device = Outputs['account']['sessions'][number];
/** A letter of the demo. */
export type ShownLetter = Outputs['account']['outbox'][number];

/** A number that is being connected, what its checks found, and what can be replaced on the spot. */
export type Connecting = Outputs['connect']['number'];
export type CheckResult = Connecting['results'][number];
export type CheckName = CheckResult['check'];
export type Mend = NonNullable<CheckResult['mend']>;
