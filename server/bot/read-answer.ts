/** The answer in what somebody wrote, tidied; null when it is none of the kind that was asked for. */
export function readAnswer(expects: 'name' | 'text' | 'email' | 'number', text: string): string | null {
  const tidy = text.trim().replace(/\s+/g, ' ');
  if (tidy === '' || tidy.length > 200) return null;
  if (expects === 'text') return tidy;
  if (expects === 'name') return readName(tidy);
  if (expects === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(tidy) ? tidy : null;
  return /^[+-]?\d+([.,]\d+)?$/.test(tidy) ? tidy : null;
}

/** A name has letters, no digits, and at most five words: "I'm Ana" is one, a question is none. */
function readName(text: string): string | null {
  const name = text
    .replace(/^(hi|hello|hey)[,!. ]+/i, '')
    .replace(/^(i am|i'm|i’m|my name is|this is|it's)\s+/i, '')
    .replace(/[.!]+$/, '');
  const isName = /^[\p{L}\p{M}][\p{L}\p{M}'’.\- ]{0,60}$/u.test(name) && name.split(' ').length <= 5;
  return isName && name.replace(/[^\p{L}]/gu, '').length >= 2 ? name : null;
}
