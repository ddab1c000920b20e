'use client';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { CodeForm } from './code-form.tsx';
import { type DemoLogin, DemoLogins } from './demo-logins.tsx';
import { type Problem, problemWords } from './problem.ts';
import { signIn } from './sign-in.ts';

type Props = { next: string; demo: readonly DemoLogin[] };

export function SignInForm({ next, demo }: Props) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  /** The password fits; a code is wanted too. */
  const [isCodeWanted, setCodeWanted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    // Taken away first: the same sentence again is news again.
    setProblem(null);
    const refused = await signIn(email, password, isCodeWanted ? code : undefined);
    if (!refused) return window.location.assign(next);
    setBusy(false);
    if (refused.kind === 'wrong') setCodeWanted(false);
    if (refused.kind === 'code-wanted') return setCodeWanted(true);
    setProblem(refused);
  }

  if (isCodeWanted)
    return (
      <CodeForm
        code={code}
        problem={problem}
        isBusy={isBusy}
        onCode={setCode}
        onSubmit={(event) => void submit(event)}
        onBack={() => {
          setCodeWanted(false);
          setProblem(null);
          setCode('');
        }}
      />
    );

  return (
    <>
      {/* Sent before the page listens it must not put the password into the address. */}
      <form method="post" onSubmit={(event) => void submit(event)} className="mt-5 space-y-4">
        {problem && <Notice tone="danger">{problemWords(problem)}</Notice>}
        <Field
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          large
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <Field
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          large
          aria-invalid={problem?.kind === 'wrong' || undefined}
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Button
          ref={button}
          type="submit"
          look="primary"
          size="large"
          busy={isBusy}
          className="w-full max-[899px]:h-11"
        >
          Sign in
        </Button>
      </form>
      <DemoLogins
        logins={demo}
        onChoose={(login) => {
          setEmail(login.email);
          setPassword(login.password);
          setProblem(null);
          button.current?.focus();
        }}
      />
    </>
  );
}
