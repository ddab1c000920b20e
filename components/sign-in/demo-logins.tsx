'use client';
import { Button } from '#components/ui/button.tsx';

export type DemoLogin = { label: string; email: string; password: string };

type Props = { logins: readonly DemoLogin[]; onChoose: (login: DemoLogin) => void };

/** In the demo a stranger needs no list of passwords. */
export function DemoLogins({ logins, onChoose }: Props) {
  if (logins.length === 0) return null;
  return (
    <section aria-labelledby="demo" className="mt-8 border-t border-line pt-4">
      <h2 id="demo" className="text-sm font-semibold text-strong">
        This is a demo
      </h2>
      <ul className="mt-1 -ms-2.5">
        {logins.map((login) => (
          <li key={login.email}>
            <Button
              look="ghost"
              size="small"
              className="!text-accent-text max-[899px]:h-11"
              onClick={() => onChoose(login)}
            >
              Fill in as {login.label.slice(0, 1).toLowerCase() + login.label.slice(1)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
