/** One HTTP answer; its body is not kept. `closes`: no further request may use this connection. */
export type Answer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly closes: boolean;
};

export type ResponseReader = {
  /** Takes what the socket brought, in whatever pieces. The buffer may be used again afterwards. */
  readonly push: (chunk: Buffer) => void;
  /** The other end has closed: ends an answer whose body lasts until then. */
  readonly end: () => void;
  /** Whether a part of an answer is there. */
  readonly isMidway: () => boolean;
};

/** What came is no HTTP/1.1 answer. */
export class UnreadableAnswer extends Error {}

type Head = Answer & { readonly body: 'none' | 'chunked' | 'until-close' | number };

const mostHead = 65_536;
const headEnd = Buffer.from('\r\n\r\n');

/**
 * Reads HTTP/1.1 answers from a connection: as little as a load generator needs (status, Retry-After, where the body
 * ends), so that it costs little. Throws `UnreadableAnswer` from `push`.
 */
export function createResponseReader(onAnswer: (answer: Answer) => void): ResponseReader {
  let kept: Buffer | undefined;
  let current: Head | undefined;
  /** Bytes of the body, or of the current chunk with its line end, that are still to come. */
  let left = 0;
  let inTrailers = false;

  function push(chunk: Buffer) {
    let bytes = kept ? Buffer.concat([kept, chunk]) : chunk;
    kept = undefined;
    while (bytes.length > 0) {
      const used = current ? readBody(current, bytes) : readHead(bytes);
      if (used === 0) {
        if (bytes.length > mostHead) throw new UnreadableAnswer('a line or head without an end');
        kept = bytes === chunk || bytes.buffer === chunk.buffer ? Buffer.from(bytes) : bytes;
        return;
      }
      bytes = bytes.subarray(used);
    }
  }

  function readHead(bytes: Buffer): number {
    const end = bytes.indexOf(headEnd);
    if (end < 0) return 0;
    const head = parseHead(bytes.toString('latin1', 0, end));
    if (head.status >= 200) {
      current = head;
      left = typeof head.body === 'number' ? head.body : 0;
      if (head.body === 'none' || head.body === 0) finish(head);
    }
    return end + 4;
  }

  function readBody(head: Head, bytes: Buffer): number {
    if (head.body === 'until-close') return bytes.length;
    if (left > 0) {
      const used = Math.min(left, bytes.length);
      left -= used;
      if (left === 0 && head.body !== 'chunked') finish(head);
      return used;
    }
    const lineEnd = bytes.indexOf('\r\n');
    if (lineEnd < 0) return 0;
    if (inTrailers) {
      if (lineEnd === 0) finish(head);
      return lineEnd + 2;
    }
    const size = Number.parseInt(bytes.toString('latin1', 0, lineEnd), 16);
    if (!(size >= 0)) throw new UnreadableAnswer('a chunk without a size');
    if (size === 0) inTrailers = true;
    else left = size + 2;
    return lineEnd + 2;
  }

  function finish({ status, retryAfter, closes }: Head) {
    current = undefined;
    inTrailers = false;
    onAnswer({ status, retryAfter, closes });
  }

  return {
    push,
    end: () => {
      if (current?.body === 'until-close') finish(current);
    },
    isMidway: () => current !== undefined || kept !== undefined,
  };
}

// Answers of one second are alike to the last byte (the date has seconds), so most heads are read once a second.
const lastHead: { text: string; head: Head | undefined } = { text: '', head: undefined };

function parseHead(text: string): Head {
  if (text === lastHead.text && lastHead.head) return lastHead.head;
  const match = /^HTTP\/1\.([01]) (\d{3})/.exec(text);
  if (!match) throw new UnreadableAnswer(`no HTTP answer: ${text.slice(0, 60)}`);
  const status = Number(match[2]);
  const header = (name: string) =>
    new RegExp(`\\r\\n${name}:[ \\t]*([^\\r\\n]*)`, 'i').exec(text)?.[1]?.trim();
  const length = header('content-length');
  const connection = header('connection')?.toLowerCase() ?? '';
  const isChunked = /chunked/i.test(header('transfer-encoding') ?? '');
  const hasNone = status < 200 || status === 204 || status === 304;
  const body = hasNone
    ? 'none'
    : isChunked
      ? 'chunked'
      : length === undefined
        ? 'until-close'
        : Number(length);
  if (typeof body === 'number' && !(body >= 0)) throw new UnreadableAnswer(`a length of ${length}`);
  const closes =
    body === 'until-close' || (match[1] === '0' ? connection !== 'keep-alive' : connection === 'close');
  const head: Head = { status, retryAfter: header('retry-after'), closes, body };
  Object.assign(lastHead, { text, head });
  return head;
}
