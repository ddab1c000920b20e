import { useQuery } from '@tanstack/react-query';
import { useAdmin } from '#components/trpc/admin.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { pressureQuery } from './queries.ts';

const words = {
  export: 'exports',
  import: 'imports',
  'bulk-change': 'changes to many leads',
  'take-turns': 'the bot’s replies',
} as const;

/** Says what is put off at this moment, because there is more to do than this machine can; nothing on a usual day. */
export function GivesWay() {
  const { data } = useQuery({ ...pressureQuery(useAdmin()), refetchInterval: 10_000 });
  if (!data || data.givesWay.length === 0) return null;
  const list = new Intl.ListFormat('en').format(data.givesWay.map((kind) => words[kind]));
  return (
    <Notice tone="neutral" className="mt-4">
      There is more to do than this machine can: {list} are put off. What comes in is kept, and this is over
      by itself.
    </Notice>
  );
}
