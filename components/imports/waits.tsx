import { useGivesWay, waitsWords } from '#components/trpc/use-gives-way.ts';

/** Says that the import under way waits; nothing on a usual day. */
export function Waits() {
  const waits = useGivesWay('import', true);
  return (
    <p role="status" className="mt-2 text-sm font-medium text-strong empty:hidden">
      {waits && `${waitsWords}.`}
    </p>
  );
}
