import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const names = ['Lucía Fernández', 'Hannah Vogt', 'Yuki Tanaka', 'João Pereira', 'Noah Mensah', 'Ewa Nowak'];
const languages = ['es', 'de', 'en', 'pt-BR', ''];
const signs = ['', 'yes', '', ''];

/** One in so many numbers is too short to be one. */
export const refusedEach = 500;

/**
 * A list as a business keeps one: numbers written in three ways, names, every second with an e-mail address, a label, a
 * city, a consent; one number in 500 is none. `edition` makes other cities for the same people. Answers its bytes.
 */
export async function writeList(file: string, rows: number, edition: number): Promise<number> {
  const out = createWriteStream(file);
  await pipeline(Readable.from(lines(rows, edition)), out);
  return out.bytesWritten;
}

function* lines(rows: number, edition: number) {
  let text = 'Phone,Name,E-mail,Language,Labels,City,Consent\n';
  for (let n = 0; n < rows; n += 1) {
    const mail = n % 2 === 0 ? `person${n}@mail.example` : '';
    const city = `City ${(n + edition) % 900}`;
    text += `${phone(n)},${names[n % names.length]} ${n},${mail},${languages[n % languages.length]},${n % 10 === 0 ? 'Fair' : ''},${city},${signs[n % signs.length]}\n`;
    if (text.length < 60_000) continue;
    yield text;
    text = '';
  }
  yield text;
}

function phone(n: number): string {
  if (n % refusedEach === refusedEach - 1) return '+34 61';
  const digits = String(600_000_000 + n);
  if (n % 3 === 0) return `+34${digits}`;
  const [one, two, three] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  return n % 3 === 1 ? `+34 ${one} ${two} ${three}` : `0034-${one}-${two}-${three}`;
}
