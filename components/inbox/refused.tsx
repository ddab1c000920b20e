import { X } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** A no, beside the controls that it is about. */
export function Refused({ words, onDismiss }: { words: string; onDismiss: () => void }) {
  return (
    <div className="shrink-0 px-4 pb-2">
      <Notice tone="danger">
        <div className="flex items-start gap-2">
          <p className="min-w-0 flex-1">{words}</p>
          <IconButton label="Dismiss" icon={X} onClick={onDismiss} className="-my-1.5 -me-1.5" />
        </div>
      </Notice>
    </div>
  );
}
