import Link from 'next/link';
import { Card, Cell, Head, RowHead, rowClass } from './card.tsx';
import type { CapacityView } from './queries.ts';
import { count, percent } from './words.ts';

/** Fuller than this its quota ends soon. */
const soon = 0.9;

export function BusiestCard({ busiest }: { busiest: CapacityView['busiest'] }) {
  return (
    <Card title="Busiest tenants yesterday">
      {busiest.length === 0 ? (
        <p className="text-sm text-normal">Nobody wrote or was written to yesterday.</p>
      ) : (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b border-line">
              <Head>Tenant</Head>
              <Head end>Active</Head>
              <Head end>Of quota</Head>
            </tr>
          </thead>
          <tbody>
            {busiest.map(({ slug, name, tier, active, quota }) => (
              <tr key={slug} className={rowClass}>
                <RowHead>
                  <Link href={`/admin/tenants/${slug}`} className="hover:underline">
                    <bdi className="wrap-anywhere">{name}</bdi>
                  </Link>{' '}
                  <span className="font-normal text-muted">{tier}</span>
                </RowHead>
                <Cell end>{count(active)}</Cell>
                <Cell end>
                  {quota ? <Quota share={active / quota} /> : <span className="text-muted">no limit</span>}
                </Cell>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

const Quota = ({ share }: { share: number }) => (
  <span className="inline-flex items-center gap-2">
    <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-surface-3">
      <span
        className={`block h-full rounded-full ${share >= soon ? 'bg-warning' : 'bg-chart-1'}`}
        style={{ width: `${Math.min(100, share * 100)}%` }}
      />
    </span>
    <span className="w-10 text-end">{percent(share)}</span>
  </span>
);
