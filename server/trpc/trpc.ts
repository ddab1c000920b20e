import { initTRPC, TRPCError } from '@trpc/server';
import { isRowsFault } from '#server/db/sql-state.ts';
import { log } from '#server/log.ts';
import { Refusal, type RefusalCode } from '#server/refusal.ts';
import type { Context } from './context.ts';

const codes = {
  'not-found': 'NOT_FOUND',
  'not-allowed': 'FORBIDDEN',
  conflict: 'CONFLICT',
  precondition: 'PRECONDITION_FAILED',
  'too-many': 'TOO_MANY_REQUESTS',
  'bad-input': 'BAD_REQUEST',
} as const satisfies Record<RefusalCode, string>;

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => ({
    message:
      error.code === 'INTERNAL_SERVER_ERROR'
        ? 'Something went wrong on our side. Try again.'
        : wordsOf(error),
    code: shape.code,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      refusal: error.cause instanceof Refusal ? error.cause.reason : null,
    },
  }),
});

/** A rule's no becomes its own code; anything else is a bug or an outage: logged once, here. */
const doors = t.middleware(async ({ next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof Refusal)
    throw new TRPCError({ code: codes[cause.code], message: cause.message, cause });
  if (isRowsFault(cause))
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'This cannot be stored.', cause });
  if (result.error.code === 'INTERNAL_SERVER_ERROR')
    log().error({ err: cause ?? result.error, path }, 'a procedure failed');
  return result;
});

export const { router, createCallerFactory } = t;
export const publicProcedure = t.procedure.use(doors);

/** zod's own list of issues is for machines. */
function wordsOf(error: TRPCError) {
  return error.code === 'BAD_REQUEST' && !(error.cause instanceof Refusal) && error.cause?.name === 'ZodError'
    ? 'That is not something this can work with.'
    : error.message;
}
