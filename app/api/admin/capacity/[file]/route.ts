import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { caller } from '#components/trpc/server.tsx';

type Props = { params: Promise<{ file: string }> };

/** What the page of capacity shows, or the load test's report, as a file. */
export async function GET(_: Request, { params }: Props) {
  try {
    const { name, type, body } = await (await caller()).admin.capacity.file({ name: (await params).file });
    return new Response(body, {
      headers: {
        'content-type': `${type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return new Response(error.message, { status: getHTTPStatusCodeFromError(error) });
  }
}
