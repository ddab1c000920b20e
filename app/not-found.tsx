import { PublicFrame } from '#components/sign-in/public-frame.tsx';

export const metadata = { title: 'Not found' };

/** The same for what never was and for what belongs to somebody else: neither tells which it is. */
export default function NotFound() {
  return (
    <PublicFrame>
      {/* Where a gate refuses, there is no metadata. */}
      <title>Not found · Parley</title>
      <h1 className="mt-6 text-xl font-semibold text-strong">Not found</h1>
      <p className="mt-3 text-base text-normal">
        There is nothing at this address, or it is not open to you. Check the address, or begin at the start.
      </p>
      <p className="mt-4">
        <a
          href="/"
          className="inline-flex min-h-8 items-center text-base font-medium text-accent-text underline underline-offset-2 max-[899px]:min-h-11"
        >
          Go to the start page
        </a>
      </p>
    </PublicFrame>
  );
}
