/** What a fault is done to. One thing has one fault at a time. */
type Thing = 'web' | 'ingest' | 'worker' | 'database' | 'line' | 'graph' | 'webhooks';

/** Processes that whoever supervises them starts again, with a limit on how often. */
export type Supervised = 'web' | 'ingest' | 'worker' | 'database';

type Kind = {
  readonly on: Thing;
  /** Shortest and longest, in milliseconds; a fault without is over as soon as it has happened. */
  readonly lasts?: readonly [number, number];
  readonly ends?: Supervised;
  /** What was on its way to Meta may stay without a known end. */
  readonly mayLeaveUnknown?: true;
};

const froze = { lasts: [1_000, 15_000], mayLeaveUnknown: true } as const;

/** Everything that can happen. README.md says what each is. */
export const faultKinds = {
  'kill web': { on: 'web', ends: 'web' },
  'kill one web process': { on: 'web', ends: 'web' },
  'kill ingest': { on: 'ingest', ends: 'ingest' },
  'kill worker': { on: 'worker', ends: 'worker', mayLeaveUnknown: true },
  'kill database': { on: 'database', ends: 'database', mayLeaveUnknown: true },
  'kill one backend': { on: 'database', mayLeaveUnknown: true },
  'freeze web': { on: 'web', lasts: [1_000, 15_000] },
  'freeze ingest': { on: 'ingest', lasts: [1_000, 15_000] },
  'freeze worker': { on: 'worker', ...froze },
  'freeze database': { on: 'database', ...froze },
  'freeze one backend': { on: 'database', ...froze },
  'fill disk': { on: 'database', ends: 'database', lasts: [1_000, 6_000], mayLeaveUnknown: true },
  'kill database on a full disk': {
    on: 'database',
    ends: 'database',
    lasts: [1_000, 6_000],
    mayLeaveUnknown: true,
  },
  'end sessions': { on: 'line', mayLeaveUnknown: true },
  'reset line': { on: 'line', mayLeaveUnknown: true },
  'refuse line': { on: 'line', lasts: [1_000, 5_000], mayLeaveUnknown: true },
  'silence line': { on: 'line', lasts: [1_000, 8_000], mayLeaveUnknown: true },
  'lose answers': { on: 'line', lasts: [200, 2_000], mayLeaveUnknown: true },
  'Meta answers late': { on: 'graph', lasts: [2_000, 10_000] },
  'Meta is broken': { on: 'graph', lasts: [1_000, 8_000] },
  'Meta is busy': { on: 'graph', lasts: [1_000, 8_000] },
  'Meta hangs': { on: 'graph', mayLeaveUnknown: true },
  'Meta resets': { on: 'graph', mayLeaveUnknown: true },
  'Meta fails messages': { on: 'graph' },
  'webhooks come twice': { on: 'webhooks', lasts: [2_000, 10_000] },
  'webhooks come out of order': { on: 'webhooks', lasts: [2_000, 10_000] },
  'webhooks are held': { on: 'webhooks', lasts: [1_000, 6_000] },
} as const satisfies Record<string, Kind>;

export type FaultKind = keyof typeof faultKinds;

export const kindOf = (name: FaultKind): Kind => faultKinds[name];

/** One fault of a plan. Milliseconds since the load began; `pick`, from 0 up to 1, decides what is left open. */
export type Fault = {
  readonly at: number;
  readonly lasts: number;
  readonly kind: FaultKind;
  readonly pick: number;
};
