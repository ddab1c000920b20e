'use client';
import { ErrorState } from '#components/ui/error-state.tsx';

/** A room that could not be shown; the frame around it goes on. */
export function RoomFailed({ reference, onRetry }: { reference: string | undefined; onRetry: () => void }) {
  return (
    <div className="grid flex-1 place-items-center bg-surface-0">
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorState
        title="This room could not be shown"
        message={`Something went wrong on our side. What you have sent is kept.${reference ? ` If it happens again, tell whoever runs this installation: reference ${reference}.` : ''}`}
        onRetry={onRetry}
      />
    </div>
  );
}
