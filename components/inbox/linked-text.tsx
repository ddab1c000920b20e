import { linkify } from './linkify.ts';

/** Text as it was written; addresses in it can be followed. */
export function LinkedText({ children }: { children: string }) {
  let at = 0;
  return linkify(children).map(({ text, href }) => {
    const key = at;
    at += text.length;
    if (href === undefined) return <span key={key}>{text}</span>;
    return (
      <a
        key={key}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-text underline underline-offset-2"
      >
        {text}
      </a>
    );
  });
}
