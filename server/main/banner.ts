import type { StartPlan } from './start-plan.ts';

const logins = [
  ['owner@acme.example', 'Acme, owner'],
  ['agent@acme.example', 'Acme, agent'],
  ['owner@globex.example', 'Globex, owner (bot off)'],
  ['owner@tiny.example', 'Tiny, owner'],
  ['admin@parley.example', 'superadmin'],
] as const;

/** What a person needs once everything is up. */
export function banner(plan: StartPlan, took: string, logs: string): string {
  const places = [
    ['Web', plan.webAddress],
    ...(plan.metaAddress
      ? [
          ['Simulated Meta', plan.metaAddress],
          ['Phone', `${plan.webAddress}/phone  (write to the bot as a lead would)`],
        ]
      : [['Graph API', plan.variables['GRAPH_API_URL']]]),
  ];
  const demo = plan.demo
    ? ['', '  Demo logins', ...logins.map(([login, who]) => `    ${login.padEnd(22)} parley-demo   ${who}`)]
    : ['', '  No demo logins: PARLEY_DEMO=1 lets them in and sows the demo world into an empty database.'];
  return [
    '',
    `Parley is ready (${took}).`,
    '',
    ...places.map(([what, where]) => `  ${what?.padEnd(16)} ${where}`),
    ...demo,
    '',
    `  Logs are in ${logs}. Ctrl-C stops everything.`,
  ].join('\n');
}
