import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { mayWhileClosed } from '#server/tenants/may-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { formats, orderForm } from './order.ts';
import { orderExport } from './order-export.ts';
import { listColumns, listExports, openExport } from './read-exports.ts';

/** A suspended tenant’s too: what is in it is still its own. */
export const exportsRouter = router({
  list: mayWhileClosed('leads.export').query(({ ctx }) => withTenant(ctx.tenantId, listExports)),

  columns: mayWhileClosed('leads.export').query(({ ctx }) => withTenant(ctx.tenantId, listColumns)),

  order: mayWhileClosed('leads.export')
    .input(orderForm.extend({ format: z.enum(formats) }))
    .mutation(({ ctx, input: { tenant: _, ...order } }) =>
      withTenant(ctx.tenantId, (tx) => orderExport(tx, { ...order, actor: ctx.actor })),
    ),

  /** Changes something: that it was taken along is written down. */
  open: mayWhileClosed('leads.export')
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => openExport(ctx.tenantId, input.id, ctx.actor)),
});
