import { useQuery } from '@tanstack/react-query';
import { useMember, useTRPC } from './provider.tsx';

/** In place of how fast something goes that waits. */
export const waitsWords = 'Waits, because the installation is busy with messages; it goes on by itself';

/** Whether such work waits because the installation has too much to do; asked as long as some is under way. */
export function useGivesWay(kind: 'export' | 'import' | 'bulk-change', isUnderWay: boolean): boolean {
  const { slug } = useMember();
  const options = useTRPC().tenants.givesWay.queryOptions({ tenant: slug }, { staleTime: 0 });
  const { data } = useQuery({ ...options, enabled: isUnderWay, refetchInterval: 2_000 });
  return isUnderWay && (data?.includes(kind) ?? false);
}
