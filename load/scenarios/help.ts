import { formatTable } from '#load/report/table.ts';
import { scenarios } from './scenarios.ts';

/** What `npm run load` says without a word, or with a wrong one. */
export const help = (): string => `npm run load -- <scenario> [options]

${formatTable(
  [
    ...scenarios.map(({ name, about }) => [name, about]),
    ['peer', 'any of them against something else: --target URL --secret S [--scenario ingest]'],
    ['plans', 'how long a page of leads takes in a large tenant: --leads 150000 --rest 4850000 --rounds 20'],
    ['capacity-page', 'how long the page of capacity takes with 1,000 tenants and a year of usage'],
    ['report', 'the analysis of all runs in load/results, into docs: --from FOLDER --to FOLDER'],
    [
      'import',
      'how fast a list comes in, and what webhooks beside it notice: --rows 150000 --pace full|gentle',
    ],
    ['compare', 'two of them by turns: compare "ingest" "--commit HEAD~1"'],
  ].map(([name = '', about = '']) => [`${name.padEnd(12)} ${about}`]),
)}

  --seconds N  --warmup N  --rate N  --connections N  --per-webhook N  --leads N  --scale X  --seed N
  own product: --door ingest|web  --doors N  --workers N  --commit HASH  --env NAME=VALUE  --port N  --keep
  another one: --target URL  --secret S  --number PHONE_NUMBER_ID  --database URL  --count-sql SQL
  judgement:   --patience SECONDS  --least-syncs N  --force  --json FILE

load/README.md explains all of it.`;
