import { isUtf8 } from 'node:buffer';
import { type Bytes, Unreadable } from './unreadable.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

export type Survey = { encoding: Encoding; lines: number; size: number };

/**
 * Reads all the bytes once: in which encoding they are, and how many lines they have about. A mark at the beginning
 * decides; without one, zero bytes between letters tell UTF-16; what is UTF-8 to the end is that, and what has more of
 * its letters than bytes that are none is damaged UTF-8; everything else is Windows-1252.
 */
export async function survey(bytes: Bytes): Promise<Survey> {
  let first: Uint8Array | undefined;
  let rest: Uint8Array = new Uint8Array(0);
  const seen = { lines: 0, size: 0, letters: 0, faults: 0, zeros: 0 };
  for await (const piece of bytes) {
    first ??= piece;
    seen.size += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) seen.lines += 1;
    if (seen.zeros === 0 && piece.includes(0)) seen.zeros = 1;
    rest = look(rest.length === 0 ? piece : Buffer.concat([rest, piece]), seen);
  }
  if (rest.length > 0) seen.faults += 1;
  if (!first || seen.size === 0) throw new Unreadable('The file is empty.');
  const encoding = marked(first) ?? guessed(first, seen);
  return { encoding, lines: seen.lines + 1, size: seen.size };
}

function marked([one, two, three]: Uint8Array): Encoding | undefined {
  if (one === 0xef && two === 0xbb && three === 0xbf) return 'utf-8';
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  return undefined;
}

function guessed(first: Uint8Array, seen: { letters: number; faults: number; zeros: number }): Encoding {
  if (seen.zeros > 0) {
    const head = first.subarray(0, 2_000);
    const zeros = [0, 0];
    for (const [index, byte] of head.entries())
      if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
    const [even = 0, odd = 0] = zeros;
    if (odd > head.length / 5 && even === 0) return 'utf-16le';
    if (even > head.length / 5 && odd === 0) return 'utf-16be';
    throw new Unreadable(
      'This is not a text file. Save the list as CSV or as an Excel workbook (.xlsx), and choose that.',
    );
  }
  return seen.faults > 0 && seen.faults >= seen.letters ? 'windows-1252' : 'utf-8';
}

/** Counts letters of several bytes, and bytes that belong to none; hands back those of a letter that is not whole yet. */
function look(bytes: Uint8Array, seen: { letters: number; faults: number }): Uint8Array {
  const end = bytes.length - unfinished(bytes);
  if (isUtf8(bytes.subarray(0, end))) {
    // Enough to outweigh stray bytes elsewhere, without a look at each.
    seen.letters += bytes.subarray(0, end).some((byte) => byte > 0x7f) ? 1 : 0;
    return bytes.slice(end);
  }
  for (let at = 0; at < end; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : lengthOf(byte);
    if (length > 1 && isUtf8(bytes.subarray(at, at + length))) seen.letters += 1;
    else if (byte >= 0x80) seen.faults += 1;
    at += length > 1 && isUtf8(bytes.subarray(at, at + length)) ? length : 1;
  }
  return bytes.slice(end);
}

const lengthOf = (byte: number) => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1);

/** How many bytes at the end begin a letter that is not there as a whole. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** The text, piece by piece, without its mark. A byte that is no letter becomes U+FFFD. */
export async function* decodeText(bytes: Bytes, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
