'use client';
import '@fontsource-variable/geist/wght.css';
import './globals.css';
import { WentWrong } from '#components/sign-in/went-wrong.tsx';

type Props = { error: Error & { digest?: string } };

/** Takes the place of the whole document when even the root layout fails. */
export default function GlobalError({ error }: Props) {
  return (
    <html lang="en">
      <body>
        <WentWrong reference={error.digest} onRetry={() => window.location.reload()} />
      </body>
    </html>
  );
}
