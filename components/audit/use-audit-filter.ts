import { useSearchParams } from 'next/navigation';
import { type AuditFilter, filterQuery, readFilter } from './audit-filter.ts';

/** The filter is in the address, so that it can be kept and passed on. */
export function useAuditFilter() {
  const params = useSearchParams();
  const filter = readFilter((name) => params.get(name));
  const change = (changed: Partial<AuditFilter>) =>
    window.history.replaceState(null, '', filterQuery({ ...filter, ...changed }) || window.location.pathname);
  return [filter, change] as const;
}
