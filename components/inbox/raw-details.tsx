/** What WhatsApp sent, for kinds that have no bubble of their own yet. */
export function RawDetails({ raw }: { raw: string }) {
  return (
    <details dir="ltr" className="border-t border-line px-3 py-1.5 text-xs">
      <summary className="w-fit rounded-sm font-medium text-accent-text max-[899px]:py-3">Details</summary>
      <pre className="my-1.5 rounded-sm bg-surface-2 p-2 font-mono text-2xs whitespace-pre-wrap wrap-anywhere text-normal">
        {raw}
      </pre>
    </details>
  );
}
