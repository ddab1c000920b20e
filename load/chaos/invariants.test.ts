import { expect, test } from 'vitest';
import type { ConversationRow, Facts, MessageRow, Send } from './facts.ts';
import { checkInvariants } from './invariants.ts';
import type { Channel } from './product.ts';

const channel: Channel = {
  ...{ phoneNumberId: '770', displayPhoneNumber: '15550', wabaId: '880', tenant: 'Load 0000', botOn: true },
  ...{ secret: 's', path: '/api/webhooks/whatsapp' },
};
const at = 1_795_000_000;

const heard: MessageRow = {
  ...{ id: 'in', wamid: 'wamid.1', direction: 'inbound', body: 'Hello', at: at * 1_000 + 7, status: null },
  ...{ conversation: 'c', phoneNumberId: '770', tenant: 'Load 0000', lead: 'l', phone: '4915' },
};
const said: MessageRow = {
  ...{ ...heard, id: 'out', wamid: 'wamid.out', direction: 'outbound', body: 'Hi' },
  ...{ at: heard.at + 1, status: 'delivered' },
};
const later: MessageRow = { ...said, id: 'out-2', wamid: null, at: said.at + 1, status: 'unknown' };
const send: Send = {
  ...{ wamid: 'wamid.out', message: 'out', at: 5_000, accepted: true, answered: true },
  heard: ['sent', 'delivered'],
};
const conversation: ConversationRow = {
  ...{ id: 'c', holder: 'bot', inboundCount: 1, lastAt: later.at, lastMessage: 'out-2', mostRead: 0 },
  ...{ lastInboundAt: heard.at, windowClosesAt: at * 1_000 + 24 * 3_600_000 },
};
const good: Facts = {
  written: new Map([['wamid.1', { wamid: 'wamid.1', channel, from: '4915', text: 'Hello', timestamp: at }]]),
  acknowledged: new Set(['wamid.1']),
  endings: new Map([
    ['200', 3],
    ['503', 2],
    ['none', 1],
  ]),
  messages: [heard, said, later],
  turns: [{ message: 'in', conversation: 'c', decided: true, replies: 2 }],
  conversations: [conversation],
  usage: [{ id: '770 2026-11-28', counted: [1, 2, 1], inLedger: [1, 2, 1] }],
  sends: [send],
  ...{ quarantined: 0, failedJobs: 0, underWay: new Set(['out-2']) },
  sessions: { open: 40, stuck: 0, waitingForLocks: 0 },
  waiting: { jobs: 0 },
  running: { web: [3, 3] },
  givenUp: { database: 0 },
  ready: [200, 200],
  memory: new Map([['web', 300]]),
};

const brokenIn = (facts: Facts) =>
  checkInvariants(facts).flatMap(({ invariant, broken }) => (broken.length > 0 ? [invariant] : []));

/** The good facts, with one row of them changed. */
const withMessages = (...messages: MessageRow[]) => ({ messages });
const withSends = (...sends: Send[]) => ({ sends });

test('good facts break nothing, and every invariant was asked of something', () => {
  expect(brokenIn(good)).toEqual([]);
  const idle = checkInvariants(good).flatMap(({ invariant, checked }) => (checked === 0 ? [invariant] : []));
  expect(idle).toEqual(['whoever got no message of the bot’s is left to people']);
});

test('what comes after a conversation was handed over is owed no turn', () => {
  const next = { ...heard, id: 'in-2', wamid: 'wamid.2', at: heard.at + 60_000 };
  const [origin] = good.written.values();
  const facts = {
    ...good,
    written: new Map([
      ...good.written,
      ...(origin ? [[next.wamid, { ...origin, timestamp: at + 60 }] as const] : []),
    ]),
    acknowledged: new Set([...good.acknowledged, next.wamid]),
    ...withMessages(heard, { ...said, status: 'failed' }, later, next),
    ...withSends({ ...send, heard: ['failed'] }),
  };
  const handedOver = {
    ...conversation,
    holder: 'nobody',
    inboundCount: 2,
    lastAt: next.at,
    lastMessage: next.id,
  };
  const [lastInboundAt, windowClosesAt] = [next.at, (at + 60) * 1_000 + 24 * 3_600_000];
  expect(brokenIn({ ...facts, conversations: [{ ...handedOver, lastInboundAt, windowClosesAt }] })).toEqual(
    [],
  );
});

const twice = { ...heard, id: 'in-2' };
const other = { ...heard, id: 'in-2', wamid: 'wamid.2', lead: 'l-2' };

test.each<[string, Partial<Facts>, string]>([
  ['a webhook that nobody took', { acknowledged: new Set() }, 'every webhook was answered 200 in the end'],
  ['a lost message', withMessages(said, later), 'what was answered 200 is one row'],
  ['a doubled message', withMessages(heard, twice, said, later), 'what was answered 200 is one row'],
  ...(
    [
      { tenant: 'Load 0001' },
      { phoneNumberId: '771' },
      { phone: '4916' },
      { body: 'Help' },
      { at: heard.at - 1_000 },
    ] as const
  ).map((wrong): [string, Partial<Facts>, string] => [
    `a message with another ${Object.keys(wrong)[0]}`,
    withMessages({ ...heard, ...wrong }, said, later),
    'each row has its tenant, number, lead, text and time',
  ]),
  ['two leads of one person', withMessages(heard, other, said, later), 'each person is one lead of a tenant'],
  ['an invented message', withMessages(heard, other, said, later), 'nothing is there that nobody wrote'],
  ['an answer 500', { endings: new Map([['500', 1]]) }, 'nothing was answered but 200 and 503'],
  ['a quarantined webhook', { quarantined: 1 }, 'nothing is in quarantine'],
  ['a turn too few', { turns: [] }, 'the bot owed one turn for each message to it, and none for others'],
  [
    'a turn too many',
    { turns: [...good.turns, ...good.turns] },
    'the bot owed one turn for each message to it, and none for others',
  ],
  [
    'a bot that talks to nobody',
    withMessages(heard, { ...said, status: 'failed' }, later),
    'whoever got no message of the bot’s is left to people',
  ],
  [
    'an open turn',
    { turns: [{ message: 'in', conversation: 'c', decided: false, replies: 2 }] },
    'every turn is decided',
  ],
  [
    'a reply too few',
    { turns: [{ message: 'in', conversation: 'c', decided: true, replies: 3 }] },
    'what turns said is in the ledger once',
  ],
  ['a second send', withSends(send, { ...send, wamid: 'wamid.out-2' }), 'nothing is at Meta twice'],
  ['a send of nothing', withSends(send, { ...send, message: 'x' }), 'Meta has nothing that the ledger lacks'],
  [
    'a queued message that never left',
    withMessages(heard, said, { ...later, status: 'queued' }),
    'what Meta never took is unknown or failed',
  ],
  [
    'an unknown too many',
    { underWay: new Set<string>() },
    'what is unknown was under way at a fault, or got no answer',
  ],
  [
    'a status that was not told',
    withMessages(heard, { ...said, status: 'read' }, later),
    'the status is the highest that Meta told',
  ],
  [
    'a status that was missed',
    withMessages(heard, { ...said, status: 'accepted' }, later),
    'the status is the highest that Meta told',
  ],
  [
    'an unknown that Meta took',
    withSends({ ...send, heard: ['read'] }),
    'the status is the highest that Meta told',
  ],
  ['another id', withSends({ ...send, wamid: 'wamid.x' }), 'Meta’s id is the message’s'],
  [
    'an overtaken message',
    withSends(send, { ...send, wamid: 'wamid.2', message: 'out-2', at: 4_000 }),
    'each conversation’s messages left in order',
  ],
  [
    'a wrong count',
    { conversations: [{ ...conversation, inboundCount: 2 }] },
    'inbound_count is the number of inbound messages',
  ],
  [
    'usage that forgot a message',
    { usage: [{ id: '770 2026-11-28', counted: [1, 1, 1], inLedger: [1, 2, 1] }] },
    'usage says what the ledger says, for each channel and day',
  ],
  [
    'a reader ahead of the news',
    { conversations: [{ ...conversation, mostRead: 2 }] },
    'nobody has read more than there is',
  ],
  [
    'an old preview',
    { conversations: [{ ...conversation, lastMessage: 'out' }] },
    'last_at and last_message_id are those of the newest message',
  ],
  [
    'an old moment',
    { conversations: [{ ...conversation, lastAt: said.at }] },
    'last_at and last_message_id are those of the newest message',
  ],
  [
    'a window of another hour',
    { conversations: [{ ...conversation, windowClosesAt: heard.at }] },
    'last_inbound_at and window_closes_at follow from the newest inbound message',
  ],
  ['a waiting job', { waiting: { jobs: 1 } }, 'nothing waits'],
  ['a failed job', { failedJobs: 1 }, 'no job has failed for good'],
  [
    'a stuck transaction',
    { sessions: { open: 40, stuck: 1, waitingForLocks: 0 } },
    'no transaction is stuck, no lock is waited for',
  ],
  [
    'a session too many',
    { sessions: { open: 95, stuck: 0, waitingForLocks: 0 } },
    'few database sessions are open',
  ],
  ['a missing process', { running: { web: [2, 3] } }, 'every process runs'],
  ['a supervisor that gave up', { givenUp: { database: 1 } }, 'no supervisor gave up'],
  ['a door that is not ready', { ready: [200, 503] }, '/readyz answers 200'],
  ['a leak', { memory: new Map([['web', 3_000]]) }, 'memory stays in its bounds'],
])('%s is found', (_, change, invariant) => {
  expect(brokenIn({ ...good, ...change })).toContain(invariant);
});
