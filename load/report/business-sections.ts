import type { Assumptions } from '#load/model/assumptions.ts';
import { averageRate, dailyCapacity } from '#load/model/daily-capacity.ts';
import { clientScenarios, ratedScenarios, rateScenarios } from '#load/model/multi-client.ts';
import { type Rating, ratingNotes } from '#load/model/rate-workload.ts';
import { defaultTiers } from '#load/model/tiers.ts';
import { type Block, heading, lines, source, table, text } from './document.ts';
import { rates, type Sell, type System } from './system.ts';
import { formatNumber } from './table.ts';
import { capital, percent, perSecond, whole } from './words.ts';

const rateOf = ({ capacity, costs }: System, sell: Sell) => capacity[sell].value / costs;
const ratingWords: Record<Rating, string> = {
  ...{ excellent: 'Excellent', good: 'Good', marginal: 'Marginal', 'at-risk': 'At risk' },
};

export function assumptionsSection(assumptions: Assumptions, system: System): Block[] {
  return [
    heading(3, 'Business capacity projections'),
    heading(4, 'Assumptions'),
    table(
      ['Parameter', 'Value', 'Is'],
      [
        ['Active hours a day', formatNumber(assumptions.activeHours), 'the rest of the day is silent'],
        [
          'Messages per active lead a day',
          formatNumber(assumptions.messagesPerLead),
          'what comes in and what goes out',
        ],
        [
          `${capital(system.counted)} per message`,
          formatNumber(system.costs),
          system.counted === 'calls'
            ? 'store it, update its conversation'
            : 'a turn is a message and its answer, measured whole',
        ],
        [
          'Peak-hour factor',
          `${formatNumber(assumptions.peakFactor)} ×`,
          'the busiest hour against the average',
        ],
        ['Active leads', percent(assumptions.activeShare), 'of all leads, on one day'],
        [
          'Outgoing messages',
          percent(assumptions.outgoingShare),
          'of all; a tier’s daily limit counts these',
        ],
      ],
    ),
  ];
}

/** From a rate to leads, step by step, by the sustainable rate and by the peak. */
export function projectionSection(system: System, assumptions: Assumptions): Block[] {
  const { activeHours, messagesPerLead, activeShare, peakFactor } = assumptions;
  const { counted, costs, basis, capacity } = system;
  const day = (sell: Sell) => {
    const rate = averageRate(capacity[sell].value, assumptions);
    return { rate, ...dailyCapacity(rate, costs, assumptions) };
  };
  const [sustainable, peak] = [day('sustainable'), day('peak')];
  const row = (name: string, by: string, of: (one: typeof peak) => string) => [
    `**${name}**`,
    by,
    of(sustainable),
    of(peak),
  ];
  return [
    heading(4, 'What a day holds'),
    table(
      ['Metric', 'Calculation', 'By the sustainable rate', 'By the peak rate'],
      [
        row('Average rate', `rate ÷ ${peakFactor}`, ({ rate }) => perSecond(rate)),
        row(`Daily budget of ${counted}`, `average × 3,600 × ${activeHours}`, ({ calls }) => whole(calls)),
        row('Messages a day', `÷ ${formatNumber(costs)} ${counted} each`, ({ messages }) => whole(messages)),
        row('Active leads a day', `÷ ${messagesPerLead} messages`, ({ activeLeads }) => whole(activeLeads)),
        row('Total leads', `÷ ${percent(activeShare)} active`, ({ totalLeads }) => whole(totalLeads)),
      ],
    ),
    text(
      'The sustainable rate is what is sold and rated by, because the peak is held for short bursts only; by the peak it is on request.',
    ),
    ...(counted === 'calls'
      ? [
          text(
            'Its report lives on the peak rate, and rounds to 1.7M calls, 700K messages, 46,000 active leads and 150,000 leads.',
          ),
        ]
      : []),
    source(basis.file),
  ];
}

export function clientsSection(system: System, assumptions: Assumptions): Block[] {
  const rated = rateScenarios(clientScenarios, rateOf(system, 'sustainable'), assumptions);
  return [
    heading(4, 'Multi-client breakdown'),
    table(
      [
        'Scenario',
        'Clients',
        'Leads each',
        'Active each a day',
        'Messages each a day',
        'Messages a day in total',
        'Of what is sold',
      ],
      rated.map(({ name, tenants, leadsEach, demand, load }) => [
        ...[`**${name}**`, whole(tenants), whole(leadsEach), whole(demand.activeEach)],
        ...[whole(demand.messagesEach), whole(demand.messages), percent(load)],
      ]),
    ),
    text(
      'In the report of the replaced system the last column is called messages a day and shows messages per client in its first row (22,500) and active leads in total in the others (45,000). These are the right ones, per client and in total.',
    ),
    source(system.basis.file),
  ];
}

export function ratingsSection(system: System, assumptions: Assumptions): Block[] {
  const [sustainable, peak] = rates.map((sell) =>
    rateScenarios(ratedScenarios, rateOf(system, sell), assumptions),
  );
  return [
    heading(3, 'Rating'),
    text(
      'The demand of the busiest hour against what is carried: up to 50 % excellent, up to 100 % good, up to 200 % marginal, above that at risk.',
    ),
    table(
      [
        'Workload',
        'Clients × leads',
        'Load',
        'Rating',
        'Load of the peak',
        'Rating by the peak',
        'What follows',
      ],
      (sustainable ?? []).map(({ name, tenants, leadsEach, load, rating }, index) => [
        ...[`**${name}**`, `${whole(tenants)} × ${whole(leadsEach)}`, percent(load), ratingWords[rating]],
        ...[percent(peak?.[index]?.load ?? 0), ratingWords[peak?.[index]?.rating ?? 'at-risk']],
        ratingNotes[rating],
      ]),
    ),
    source(system.basis.file),
  ];
}

export function limitsSection(system: System, assumptions: Assumptions): Block[] {
  return [
    heading(3, 'Client limits'),
    text(
      'Each line alone fills the share of the installation that it is meant for: ten pilots a third, the others all of it.',
    ),
    ...rates.flatMap((sell) => [
      heading(4, `By the ${sell} rate`),
      table(
        [
          'Tier',
          'Clients',
          'Leads each',
          'Active conversations a day',
          'Outgoing messages a day',
          'Peak rate out',
          'Burst',
        ],
        defaultTiers(rateOf(system, sell), assumptions).map((tier) => [
          ...[`**${tier.name}**`, whole(tier.tenants), whole(tier.leads), whole(tier.activePerDay)],
          ...[whole(tier.outgoingPerDay), perSecond(tier.peakRate), whole(tier.burst)],
        ]),
      ),
    ]),
    source(system.basis.file),
  ];
}

export function quickSection(system: System, assumptions: Assumptions): Block[] {
  const { capacity, costs, counted, basis } = system;
  const told = (sell: Sell) => {
    const { messages, activeLeads, totalLeads } = dailyCapacity(
      averageRate(capacity[sell].value, assumptions),
      costs,
      assumptions,
    );
    return `${whole(messages)} messages, ${whole(activeLeads)} active conversations a day, ${whole(totalLeads)} leads`;
  };
  return [
    heading(3, 'Quick reference'),
    lines(
      [
        'It carries',
        `├── ${perSecond(capacity.sustainable.value)} ${counted}, sustained`,
        `├── ${perSecond(capacity.peak.value)} ${counted}, in short bursts`,
        `├── sold: ${told('sustainable')}`,
        `└── by the peak: ${told('peak')}`,
        '',
        'Client limits',
        ...defaultTiers(rateOf(system, 'sustainable'), assumptions).map(
          ({ name, tenants, leads }, index, all) =>
            `${index === all.length - 1 ? '└' : '├'}── ${name}: ${tenants} clients × ${whole(leads)} leads each`,
        ),
      ].join('\n'),
    ),
    source(basis.file),
  ];
}
