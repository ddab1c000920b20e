import { WrongUse } from './options.ts';

/** Words as a shell would see them: apart by spaces, together in quotes of either kind. Throws `WrongUse`. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    let word = '';
    while (rest !== '' && !/^\s/.test(rest)) {
      const [piece, bare, quoted, double] = /^(?:([^\s'"]+)|'([^']*)'|"([^"]*)")/.exec(rest) ?? [];
      if (piece === undefined) throw new WrongUse(`a quote is open in: ${text}`);
      word += bare ?? quoted ?? double ?? '';
      rest = rest.slice(piece.length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return words;
}
