import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { may } from '#server/tenants/roles.ts';
import { router } from '#server/trpc/trpc.ts';
import {
  disconnectChannel,
  reconnectChannel,
  subscribeAgain,
  unsubscribeAgain,
} from './disconnect-channel.ts';
import { findTenantsChannel } from './find-tenants-channel.ts';
import { listChannels } from './list-channels.ts';
import { readChannel } from './read-channel.ts';
import { endFormer, replaceAppSecret, replaceVerifyToken, showVerifyToken } from './replace-secret.ts';
import { replaceToken } from './replace-token.ts';
import { setBot } from './set-bot.ts';
import { watchChannel } from './watch-channel.ts';

const one = z.object({ key: z.string().max(64) });
// What people paste has spaces and line ends around it.
const secret = (longest: number) => z.string().trim().min(8).max(longest).regex(/^\S+$/);

export const channelsRouter = router({
  list: mayProcedure('channels.view').query(({ ctx }) => withTenant(ctx.tenantId, listChannels)),

  get: mayProcedure('channels.view')
    .input(one)
    .query(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => readChannel(tx, input.key, may(ctx.role, 'channels.rotate'))),
    ),

  /** Asks Meta now. */
  check: mayProcedure('channels.rotate')
    .input(one)
    .mutation(async ({ ctx, input }) => {
      const { id } = await withTenant(ctx.tenantId, (tx) => findTenantsChannel(tx, input.key));
      await watchChannel(ctx.tenantId, id);
    }),

  setBot: mayProcedure('bot.edit')
    .input(one.extend({ on: z.boolean() }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => setBot(tx, { key: input.key, on: input.on, actor: ctx.actor })),
    ),

  replaceToken: mayProcedure('channels.rotate')
    .input(one.extend({ accessToken: secret(2_000) }))
    .mutation(({ ctx, input: { key, accessToken } }) =>
      replaceToken({ tenantId: ctx.tenantId, key, accessToken, actor: ctx.actor }),
    ),

  replaceAppSecret: mayProcedure('channels.rotate')
    .input(one.extend({ appSecret: secret(200) }))
    .mutation(({ ctx, input: { key, appSecret } }) =>
      replaceAppSecret({ tenantId: ctx.tenantId, key, appSecret, actor: ctx.actor }),
    ),

  replaceVerifyToken: mayProcedure('channels.rotate')
    .input(one)
    .mutation(({ ctx, input: { key } }) =>
      replaceVerifyToken({ tenantId: ctx.tenantId, key, actor: ctx.actor }),
    ),

  endFormer: mayProcedure('channels.rotate')
    .input(one.extend({ which: z.enum(['secret', 'verify-token']) }))
    .mutation(({ ctx, input: { key, which } }) =>
      endFormer({ tenantId: ctx.tenantId, key, which, actor: ctx.actor }),
    ),

  /** Writes down who looked, so it is no query. */
  showVerifyToken: mayProcedure('channels.rotate')
    .input(one)
    .mutation(({ ctx, input: { key } }) =>
      showVerifyToken({ tenantId: ctx.tenantId, key, actor: ctx.actor }),
    ),

  subscribeAgain: mayProcedure('channels.rotate')
    .input(one)
    .mutation(({ ctx, input: { key } }) => subscribeAgain({ tenantId: ctx.tenantId, key, actor: ctx.actor })),

  disconnect: mayProcedure('channels.disconnect')
    .input(one)
    .mutation(({ ctx, input: { key } }) =>
      disconnectChannel({ tenantId: ctx.tenantId, key, actor: ctx.actor }),
    ),

  /** Tells Meta once more that a disconnected number ended. */
  unsubscribe: mayProcedure('channels.disconnect')
    .input(one)
    .mutation(({ ctx, input: { key } }) =>
      unsubscribeAgain({ tenantId: ctx.tenantId, key, actor: ctx.actor }),
    ),

  reconnect: mayProcedure('channels.connect')
    .input(one)
    .mutation(({ ctx, input: { key } }) =>
      reconnectChannel({ tenantId: ctx.tenantId, key, actor: ctx.actor }),
    ),
});
