import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { readFilter } from '#components/audit/audit-filter.ts';
import { caller } from '#components/trpc/server.tsx';
import { isSameOrigin } from '#server/trpc/same-origin.ts';

type Props = { params: Promise<{ tenant: string }> };

/** The audit log as a file, as it comes out of the database. A POST, because taking it along is written down. */
export async function POST(request: Request, { params }: Props) {
  if (!isSameOrigin(request)) return new Response('This request comes from another site.', { status: 403 });
  const { tenant } = await params;
  try {
    const form = await request.formData().catch(() => undefined);
    if (!form) return new Response('The filter has to come as a form.', { status: 415 });
    const filter = readFilter((name) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : null;
    });
    const pieces = await (await caller()).audit.export({ tenant, ...filter });
    return new Response(bytesOf(pieces), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="audit-${tenant}.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return new Response(error.message, { status: getHTTPStatusCodeFromError(error) });
  }
}

function bytesOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await source.return?.();
    },
  });
}
