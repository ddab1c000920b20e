import type { Assumptions } from '#load/model/assumptions.ts';
import { averageRate, dailyCapacity } from '#load/model/daily-capacity.ts';
import { bottlenecksSection, recommendationsSection } from './advice-sections.ts';
import {
  assumptionsSection,
  clientsSection,
  limitsSection,
  projectionSection,
  quickSection,
  ratingsSection,
} from './business-sections.ts';
import { type Block, heading, source, table, text } from './document.ts';
import {
  besideSection,
  dailySection,
  otherRunsSection,
  resultsSection,
  throughputSection,
} from './measured-sections.ts';
import type { StoredRun } from './read-runs.ts';
import { type System, systemOf } from './system.ts';
import { perSecond, whole } from './words.ts';

/**
 * The whole analysis: this installation by its own runs, then the replaced system by the same arithmetic, and the two
 * against each other. Says the same for the same runs, on any day.
 */
export function writeAnalysis(runs: readonly StoredRun[], assumptions: Assumptions): Block[] {
  const isReplaced = ({ run }: StoredRun) => run.scenario === 'replaced system';
  const ours = systemOf(
    runs.filter((one) => !isReplaced(one)),
    assumptions,
  );
  const replaced = systemOf(runs.filter(isReplaced), assumptions);
  return [
    heading(1, 'Load test analysis'),
    text(
      'Written by `npm run load -- report` from the runs in `load/results`: every figure is computed from the run that stands below it, and by the assumptions that are named. Charts are in the HTML page of the same name.',
    ),
    ...(ours && replaced ? comparison(ours, replaced, assumptions) : []),
    ...(ours ? [heading(2, 'This installation'), ...measuredOn(ours), ...sections(ours, assumptions)] : []),
    ...(replaced
      ? [heading(2, 'The replaced system'), ...measuredOn(replaced), ...sections(replaced, assumptions)]
      : []),
  ];
}

function sections(system: System, assumptions: Assumptions): Block[] {
  const others = otherRunsSection(system);
  return [
    ...resultsSection(system),
    ...throughputSection(system, assumptions),
    ...dailySection(system, assumptions),
    ...assumptionsSection(assumptions, system),
    ...projectionSection(system, assumptions),
    ...clientsSection(system, assumptions),
    ...bottlenecksSection(system),
    ...recommendationsSection(system),
    ...ratingsSection(system, assumptions),
    ...quickSection(system, assumptions),
    ...limitsSection(system, assumptions),
    ...(others.length > 0 ? [heading(3, 'Other runs'), ...others] : []),
    ...besideSection(system),
  ];
}

function measuredOn({ basis }: System): Block[] {
  const { at, note, cpu, cores, memoryGiB, node, postgres, commit } = basis.run.surroundings;
  const facts = [
    note,
    cpu && `${cpu}, ${cores} cores, ${memoryGiB} GiB, with database and load generator on them`,
    node && `Node ${node.replace('v', '')}`,
    postgres && `PostgreSQL ${postgres}`,
    commit && `commit ${commit}`,
  ].filter(Boolean);
  return [text(`Measured on ${at.slice(0, 10)}: ${facts.join('; ')}.`)];
}

function comparison(ours: System, replaced: System, assumptions: Assumptions): Block[] {
  const day = ({ capacity, costs }: System, sell: 'sustainable' | 'peak') =>
    dailyCapacity(averageRate(capacity[sell].value, assumptions), costs, assumptions);
  const row = (name: string, of: (system: System) => number, write = whole) => [
    `**${name}**`,
    write(of(ours)),
    write(of(replaced)),
    `${(of(ours) / of(replaced)).toFixed(1)} ×`,
  ];
  const { activeLeads } = day(ours, 'sustainable');
  return [
    text(`**This installation carries ${whole(activeLeads)} active conversations a day.**`),
    table(
      ['', 'This installation', 'The replaced system', ''],
      [
        row(
          'Messages a second, sustained',
          ({ capacity, costs }) => capacity.sustainable.value / costs,
          perSecond,
        ),
        row('Messages a second, at peak', ({ capacity, costs }) => capacity.peak.value / costs, perSecond),
        row('Messages a day', (system) => day(system, 'sustainable').messages),
        row('Active conversations a day', (system) => day(system, 'sustainable').activeLeads),
        row('Total leads', (system) => day(system, 'sustainable').totalLeads),
        row('Active conversations a day, by the peak', (system) => day(system, 'peak').activeLeads),
      ],
    ),
    text(
      `Active conversations a day = messages a second ÷ ${assumptions.peakFactor} (peak hour) × 3,600 × ${assumptions.activeHours} hours ÷ ${assumptions.messagesPerLead} messages each. The two were measured on different machines and by different tests: the replaced system's requests were single calls of ${assumptions.callsPerMessage} that a message took, ours are full turns, with the bot's answer taken by Meta.`,
    ),
    source(ours.basis.file, replaced.basis.file),
  ];
}
