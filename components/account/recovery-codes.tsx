'use client';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

type Props = { codes: readonly string[]; onKept: () => void };

/** Shown this once: the server keeps digests of them. */
export function RecoveryCodes({ codes, onKept }: Props) {
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    // Where the browser does not let us, the codes can still be selected.
    await navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }

  return (
    <div className="mt-4">
      <Notice tone="neutral">
        Keep these recovery codes where you find them without your phone. Each signs you in once in place of a
        code, and they are not shown again.
      </Notice>
      <ul
        aria-label="Recovery codes"
        className="num mt-3 grid gap-x-6 gap-y-1 rounded-md bg-surface-2 p-3 text-sm text-strong min-[480px]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" className="max-[899px]:h-11" onClick={onKept}>
          I have kept them
        </Button>
        <Button icon={Copy} className="max-[899px]:h-11" onClick={() => void copy()}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
