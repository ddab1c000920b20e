import {
  CircleOff,
  ContactRound,
  FileText,
  Image,
  type LucideIcon,
  MapPin,
  Mic,
  Pencil,
  ShoppingCart,
  SmilePlus,
  Sticker,
  Video,
} from 'lucide-react';
import { cx } from '#components/ui/cx.ts';

const icons: Record<string, LucideIcon> = {
  image: Image,
  video: Video,
  audio: Mic,
  voice: Mic,
  document: FileText,
  location: MapPin,
  contacts: ContactRound,
  order: ShoppingCart,
  sticker: Sticker,
  reaction: SmilePlus,
  edit: Pencil,
  revoke: CircleOff,
};

/** The mark of what is more than text; nothing for text. The word stands beside it. */
export function KindIcon({ kind, className }: { kind: string; className?: string }) {
  const Icon = icons[kind];
  return Icon ? (
    <Icon aria-hidden="true" strokeWidth={1.75} className={cx('size-3.5 shrink-0', className)} />
  ) : null;
}
