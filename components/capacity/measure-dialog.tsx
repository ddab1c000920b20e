'use client';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button, type ButtonLook, buttonClass } from '#components/ui/button.tsx';
import { CopyLine } from '#components/ui/copy-line.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

/** What measuring takes; it happens at a terminal, because it needs the machine for itself. */
export function MeasureAgain({ look = 'secondary', label }: { look?: ButtonLook; label: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look={look} icon={Play} onClick={() => setOpen(true)} className="max-[899px]:h-11">
        {label}
      </Button>
      {isOpen && (
        <Dialog
          open
          onOpenChange={setOpen}
          title={label}
          description="A measurement needs the machine for itself for some minutes, so it is begun at a terminal in Parley’s folder. It starts a Parley and a database of its own beside this one, and touches nothing of yours."
          actions={
            <>
              <Button onClick={() => setOpen(false)} className="max-[899px]:h-11">
                Close
              </Button>
              <Link
                href="/admin/capacity/runs"
                className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
              >
                Bring in a run
              </Link>
            </>
          }
        >
          <ol className="list-decimal space-y-3 ps-5 text-sm text-normal">
            <li>
              Run it on the machine that shall carry the tenants, at a quiet hour:
              <span className="mt-2 block">
                <CopyLine label="Command" text="npm run load -- breakpoint" />
              </span>
            </li>
            <li>It offers more and more turns until a promise breaks, and says which file it wrote.</li>
            <li>Bring that file in. Capacity is sold by it once you put it in use.</li>
          </ol>
        </Dialog>
      )}
    </>
  );
}
