import {
  FileCheck,
  FileText,
  Image,
  type LucideIcon,
  MapPin,
  Mic,
  Shapes,
  Sticker,
  UserRound,
  Video,
} from 'lucide-react';
import type { Bubble } from './sim-shapes.ts';

/** What stands in a bubble: the quoted words, a header, the file or place, the words, a footer. */
export function BubbleContent({ bubble }: { bubble: Bubble }) {
  const { quoted, header, footer, text, kind } = bubble;
  // What a tap answers to stands right above it.
  const isTap = kind === 'button_reply' || kind === 'list_reply';
  return (
    <>
      {quoted && quoted.text !== '' && !isTap && (
        <span
          dir="auto"
          className="my-1 block truncate rounded-sm border-s-2 border-line-strong bg-surface-2 px-2 py-0.5 text-xs text-normal"
        >
          <span className="sr-only">In answer to: </span>
          {quoted.text}
        </span>
      )}
      {header?.text && <span className="block font-semibold">{header.text}</span>}
      {header && !header.text && <Thing icon={Image} name={`Header: ${header.type}`} />}
      <Attachment bubble={bubble} />
      <span className="break-words whitespace-pre-wrap">{text}</span>
      {footer && <span className="mt-1 block text-xs text-muted">{footer}</span>}
    </>
  );
}

const known: Record<string, { icon: LucideIcon; name: string }> = {
  image: { icon: Image, name: 'Photo' },
  video: { icon: Video, name: 'Video' },
  audio: { icon: Mic, name: 'Voice message' },
  document: { icon: FileText, name: 'File' },
  sticker: { icon: Sticker, name: 'Sticker' },
  location: { icon: MapPin, name: 'Place' },
  contacts: { icon: UserRound, name: 'Contact' },
  template: { icon: FileCheck, name: 'Template' },
};
const wordsOnly = [
  'text',
  'button',
  'list',
  'cta_url',
  'button_reply',
  'list_reply',
  'location_request_message',
];

function Attachment({ bubble: { kind, media, location, text } }: { bubble: Bubble }) {
  if (wordsOnly.includes(kind)) return null;
  const { icon, name } = known[kind] ?? { icon: Shapes, name: kind.replaceAll('_', ' ') };
  const detail = media?.filename ?? location?.address;
  return <Thing icon={icon} name={detail && detail !== text ? `${name}: ${detail}` : name} />;
}

function Thing({ icon: Icon, name }: { icon: LucideIcon; name: string }) {
  return (
    <span className="my-1 flex items-center gap-2 rounded-sm bg-surface-2 px-2 py-1.5 text-sm text-normal">
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
      <span dir="auto" className="min-w-0 break-words">
        {name}
      </span>
    </span>
  );
}
