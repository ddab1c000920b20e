import { CircleAlert, CircleCheck, type LucideIcon, TriangleAlert } from 'lucide-react';
import { Tag, type TagTone } from '#components/ui/tag.tsx';
import { ratedScenarios, rateScenarios } from '#load/model/multi-client.ts';
import type { Rating } from '#load/model/rate-workload.ts';
import { Card, Cell, Head, RowHead, rowClass } from './card.tsx';
import type { CapacityView, Measured } from './queries.ts';
import { count, percent } from './words.ts';

const looks: Record<Rating, { words: string; tone: TagTone; icon: LucideIcon }> = {
  excellent: { words: 'Excellent', tone: 'success', icon: CircleCheck },
  good: { words: 'Good', tone: 'success', icon: CircleCheck },
  marginal: { words: 'Marginal', tone: 'warning', icon: TriangleAlert },
  'at-risk': { words: 'At risk', tone: 'danger', icon: CircleAlert },
};

/** The report's four, and one beyond them. */
const scenarios = [...ratedScenarios, { name: 'Beyond', tenants: 500, leadsEach: 3_000 }];

type Props = { measured: Measured; view: CapacityView };

/** Workloads against what was measured here, beside what the replaced system was given for them. */
export function RatingsCard({ measured, view: { selling, february } }: Props) {
  const rated = rateScenarios(scenarios, measured.rate, selling.assumptions);
  const estimates = february && rateScenarios(ratedScenarios, february.rate, selling.assumptions);
  return (
    <Card title="Ratings" note={`Tenants × leads each${estimates ? ', beside February’s estimate' : ''}`}>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line">
            <Head>Workload</Head>
            <Head end>Load</Head>
            <Head className="ps-4">Rating</Head>
            {estimates && <Head>Estimate</Head>}
          </tr>
        </thead>
        <tbody>
          {rated.map(({ name, tenants, leadsEach, load, rating }) => {
            const { words, tone, icon: Icon } = looks[rating];
            const estimate = estimates?.find((one) => one.name === name);
            return (
              <tr key={name} className={rowClass}>
                <RowHead>
                  {name}
                  <span className="block text-xs font-normal whitespace-nowrap text-muted">
                    {tenants} × {count(leadsEach)}
                  </span>
                </RowHead>
                <Cell end>{percent(load)}</Cell>
                <Cell className="ps-4">
                  <Tag tone={tone}>
                    <Icon aria-hidden="true" strokeWidth={1.75} className="size-3 shrink-0" />
                    {words}
                  </Tag>
                </Cell>
                {estimates && (
                  <Cell className="whitespace-nowrap text-muted">
                    {estimate ? looks[estimate.rating].words : 'not rated'}
                  </Cell>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
