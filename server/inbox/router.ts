import { z } from 'zod';
import { readSession } from '#server/auth/sessions.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { sendMessage } from '#server/delivery/send-message.ts';
import { findMember } from '#server/tenants/find-member.ts';
import { memberProcedure } from '#server/tenants/member-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { limits } from '#server/whatsapp/send-request.ts';
import { countConversations } from './count-conversations.ts';
import {
  closeConversation,
  handBackConversation,
  reopenConversation,
  takeOverConversation,
} from './hand-over.ts';
import { listConversations, tabs } from './list-conversations.ts';
import { liveNews } from './live.ts';
import { markRead } from './mark-read.ts';
import { readConversation } from './read-conversation.ts';
import { readThread } from './read-thread.ts';
import { sendAgain } from './send-again.ts';

const conversation = z.object({ conversationId: z.uuid() });
const cursor = z
  .string()
  .max(60)
  .nullish()
  .transform((given) => given ?? null);
const text = z.string().trim().min(1).max(limits.text);

export const inboxRouter = router({
  list: memberProcedure
    .input(z.object({ tab: z.enum(tabs), search: z.string().max(5_000).trim().default(''), cursor }))
    .query(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => listConversations(tx, { ...input, userId: ctx.user.id })),
    ),

  counts: memberProcedure.query(({ ctx }) =>
    withTenant(ctx.tenantId, (tx) => countConversations(tx, ctx.user.id)),
  ),

  conversation: memberProcedure
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => readConversation(tx, ctx.user.id, input.id))),

  thread: memberProcedure
    .input(z.object({ id: z.uuid(), cursor }))
    .query(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => readThread(tx, { ...input, userId: ctx.user.id })),
    ),

  send: memberProcedure
    .input(conversation.extend({ id: z.uuid({ version: 'v7' }), text }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => sendMessage(tx, { ...input, author: ctx.user.id })),
    ),

  sendAgain: memberProcedure
    .input(z.object({ messageId: z.uuid(), id: z.uuid({ version: 'v7' }) }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => sendAgain(tx, { ...input, userId: ctx.user.id })),
    ),

  takeOver: memberProcedure
    .input(conversation.extend({ from: z.string().max(40).optional() }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => takeOverConversation(tx, { ...input, userId: ctx.user.id })),
    ),

  handBack: memberProcedure
    .input(conversation)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => handBackConversation(tx, { ...input, userId: ctx.user.id })),
    ),

  close: memberProcedure
    .input(conversation)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => closeConversation(tx, { ...input, userId: ctx.user.id })),
    ),

  reopen: memberProcedure
    .input(conversation)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => reopenConversation(tx, { ...input, userId: ctx.user.id })),
    ),

  markRead: memberProcedure
    .input(conversation.extend({ count: z.number().int().min(0).max(2_000_000_000) }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => markRead(tx, { ...input, userId: ctx.user.id })),
    ),

  live: memberProcedure.subscription(async function* ({ ctx, signal }) {
    yield* liveNews({
      tenantId: ctx.tenantId,
      rests: [ctx.user.sid, ctx.user.id, ctx.tenantId],
      signal: signal ?? new AbortController().signal,
      mayStillSee: async () =>
        (await readSession(ctx.user.sid)) !== undefined &&
        (await findMember(ctx.user.id, ctx.tenant.slug))?.standing.state === 'active',
    });
  }),
});
