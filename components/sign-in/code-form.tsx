'use client';
import type { FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { type Problem, problemWords } from './problem.ts';

type Props = {
  code: string;
  problem: Problem | null;
  isBusy: boolean;
  onCode: (code: string) => void;
  onSubmit: (event: FormEvent) => void;
  onBack: () => void;
};

/** The second step of signing in, for who has a second factor. */
export function CodeForm({ code, problem, isBusy, onCode, onSubmit, onBack }: Props) {
  return (
    <form method="post" onSubmit={onSubmit} className="mt-5 space-y-4">
      {problem && <Notice tone="danger">{problemWords(problem)}</Notice>}
      <Field
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        large
        maxLength={60}
        hint="Six digits from your authenticator app, or one of your recovery codes."
        aria-invalid={problem?.kind === 'code-wrong' || undefined}
        value={code}
        onChange={({ target }) => onCode(target.value)}
      />
      <Button type="submit" look="primary" size="large" busy={isBusy} className="w-full max-[899px]:h-11">
        Sign in
      </Button>
      <Button look="ghost" size="large" className="w-full max-[899px]:h-11" onClick={onBack}>
        Use another login
      </Button>
    </form>
  );
}
