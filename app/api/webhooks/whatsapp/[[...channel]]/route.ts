import { answerWebhook } from '#server/ingest/webhook-door.ts';

type Params = { params: Promise<{ channel?: string[] }> };

async function handle(request: Request, { params }: Params) {
  const { status, headers, body } = await answerWebhook({
    method: request.method,
    path: ((await params).channel ?? []).join('/'),
    query: new URL(request.url).searchParams,
    signature: request.headers.get('x-hub-signature-256') ?? undefined,
    contentLength: request.headers.get('content-length') ?? undefined,
    readBody: async (take) => {
      for await (const chunk of request.body ?? []) if (!take(chunk)) break;
    },
  });
  return new Response(body, { status, headers });
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
