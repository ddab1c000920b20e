/** Text with the addresses in it, in order; put together again it is the same text. */
export type TextPart = { text: string; href?: string };

const address = /\b(?:https?:\/\/|www\.)[^\s<>"'“”‘’]+/giu;
/** Closes the sentence, not the address. */
const trailing = /[.,;:!?…)\]}]+$/u;

export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const shown = withoutTrailing(match[0]);
    const href = safeHref(shown);
    if (href === null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** A closing bracket stays if the address opened it: …/Solar_(disambiguation). */
function withoutTrailing(found: string): string {
  const end = trailing.exec(found)?.[0] ?? '';
  const kept = found.slice(0, found.length - end.length);
  const opens = kept.split('(').length - kept.split(')').length;
  return opens > 0 && end.startsWith(')') ? `${kept})` : kept;
}

function safeHref(shown: string): string | null {
  const href = shown.toLowerCase().startsWith('www.') ? `https://${shown}` : shown;
  return URL.canParse(href) ? href : null;
}
