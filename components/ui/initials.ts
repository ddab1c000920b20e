/** Up to two letters for a person; null when the name has no letter (a phone number). */
export function initialsOf(name: string): string | null {
  const words = name.split(/[\s._-]+/u).flatMap((word) => {
    const letter = /\p{L}\p{M}*/u.exec(word);
    return letter && /^[\p{L}\p{M}'’(]/u.test(word) ? [letter[0]] : [];
  });
  const first = words[0];
  if (first === undefined) return null;
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  // Scripts without capitals read better with one letter than with two that seem to be a word.
  if (first.toLocaleUpperCase() === first.toLocaleLowerCase() || last === undefined)
    return first.toLocaleUpperCase();
  return (first + last).toLocaleUpperCase();
}
