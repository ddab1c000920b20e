'use client';
import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { IconButton } from './icon-button.tsx';

/** Something to be taken elsewhere, letter by letter. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-strong">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          readOnly
          value={text}
          onFocus={({ target }) => target.select()}
          className="h-9 w-full min-w-0 rounded-md border border-line bg-surface-2 px-3 font-mono text-sm text-strong max-[899px]:h-11"
        />
        <IconButton
          label={`Copy the ${label}`}
          icon={copied ? Check : Copy}
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        />
        <span role="status" className="sr-only">
          {copied && 'Copied'}
        </span>
      </div>
    </div>
  );
}
