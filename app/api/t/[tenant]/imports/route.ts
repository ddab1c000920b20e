import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { caller } from '#components/trpc/server.tsx';
import { isSameOrigin } from '#server/trpc/same-origin.ts';

type Props = { params: Promise<{ tenant: string }> };

/** Takes a file for an import as the request's body, as it comes; its name is in the address. */
export async function POST(request: Request, { params }: Props) {
  if (!isSameOrigin(request)) return refuse(403, 'This request comes from another site.');
  const { tenant } = await params;
  const name = new URL(request.url).searchParams.get('name') ?? '';
  if (!request.body) return refuse(400, 'The file is empty.');
  try {
    return Response.json(
      await (await caller()).imports.upload({ tenant, name, bytes: chunksOf(request.body) }),
    );
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return refuse(getHTTPStatusCodeFromError(error), error.message);
  }
}

const refuse = (status: number, message: string) => Response.json({ message }, { status });

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
