import { Notice } from '#components/ui/notice.tsx';

/** In place of what would end in waiting for a letter. */
export function NoMail() {
  return (
    <Notice tone="neutral" className="mt-5">
      This installation cannot send e-mail yet, so the letter that this needs would not arrive. Ask whoever
      runs it to set <code className="num">SMTP_URL</code>.
    </Notice>
  );
}
