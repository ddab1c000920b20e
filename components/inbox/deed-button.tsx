'use client';
import { Hand, RotateCcw } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import type { Deeds } from './use-deeds.ts';

// Where these stand is chosen so that a late second click never hits what has come in the first one's place: taking over
// and reopening are at the bottom, at two ends; handing back and closing are on top, one below the other.

export function TakeOverButton({ deeds }: { deeds: Deeds }) {
  return (
    <Button
      size="small"
      icon={Hand}
      busy={deeds.takingOver}
      onClick={(event) => deeds.takeOver(event.detail === 0)}
      title="Take over (t). The bot stops at once, also with what it has queued."
    >
      Take over
    </Button>
  );
}

export function ReopenButton({ deeds }: { deeds: Deeds }) {
  return (
    <Button size="small" icon={RotateCcw} onClick={deeds.reopen}>
      Reopen
    </Button>
  );
}
