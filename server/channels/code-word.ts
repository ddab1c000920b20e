import { createHmac } from 'node:crypto';
import { env } from '#server/env.ts';

// Short, told apart by ear, the same in most keyboards, and no word that a bot would listen for.
const first = ['amber', 'bold', 'calm', 'clear', 'coral', 'crisp', 'early', 'gentle', 'golden', 'green'];
const second = ['apple', 'birch', 'canyon', 'cedar', 'comet', 'delta', 'falcon', 'harbor', 'maple', 'river'];

/** What a phone sends to show that messages come in: two words and two digits, always the same for a number. */
export function codeWord(channelId: string): string {
  const bytes = createHmac('sha256', env().AUTH_SECRET).update(`code word of ${channelId}`).digest();
  const [a = 0, b = 0] = bytes;
  const digits = (bytes.readUInt16BE(2) % 90) + 10;
  return `${first[a % first.length]} ${second[b % second.length]} ${digits}`;
}

/** Whether somebody wrote it, whatever their keyboard made of capitals, spaces and full stops. */
export function isCodeWord(text: string, wanted: string): boolean {
  const plain = (words: string) =>
    words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return plain(text) === plain(wanted);
}
