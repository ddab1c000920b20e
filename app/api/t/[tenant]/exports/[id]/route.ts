import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { caller } from '#components/trpc/server.tsx';
import { isSameOrigin } from '#server/trpc/same-origin.ts';

type Props = { params: Promise<{ tenant: string; id: string }> };

/** An export's file. A POST, because taking it along is written down. */
export async function POST(request: Request, { params }: Props) {
  if (!isSameOrigin(request)) return new Response('This request comes from another site.', { status: 403 });
  const { tenant, id } = await params;
  try {
    const { name, type, pieces } = await (await caller()).exports.open({ tenant, id });
    return new Response(bytesOf(pieces), {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return new Response(error.message, { status: getHTTPStatusCodeFromError(error) });
  }
}

function bytesOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
