import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { caller } from '#components/trpc/server.tsx';
import { isSameOrigin } from '#server/trpc/same-origin.ts';

type Props = { params: Promise<{ tenant: string; id: string }> };

/** The rows of an import that were refused, as a file to mend and bring in again. */
export async function POST(request: Request, { params }: Props) {
  if (!isSameOrigin(request)) return new Response('This request comes from another site.', { status: 403 });
  try {
    const pieces = await (await caller()).imports.refused(await params);
    return new Response(bytesOf(pieces), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="refused-rows.csv"',
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return new Response(error.message, { status: getHTTPStatusCodeFromError(error) });
  }
}

function bytesOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
