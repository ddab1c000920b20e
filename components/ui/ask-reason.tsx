'use client';
import { Field } from './field.tsx';
import { Notice } from './notice.tsx';

type Props = { words: string; reason: string; onReason: (reason: string) => void };

/** What a rule said, and the reason that it takes to do it all the same. */
export function AskReason({ words, reason, onReason }: Props) {
  return (
    <div className="space-y-3">
      <Notice tone="danger">{words}</Notice>
      <Field
        label="Why all the same"
        hint="It goes into the audit log."
        required
        maxLength={300}
        value={reason}
        onChange={({ target }) => onReason(target.value)}
      />
    </div>
  );
}
