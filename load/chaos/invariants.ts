import type { Facts, MessageRow, Send } from './facts.ts';

/** What must hold, of how many things it was asked, and what was found against it. */
export type Finding = {
  readonly invariant: string;
  readonly checked: number;
  readonly broken: readonly string[];
};

/** MB of the largest process of a role, and database sessions, that a healthy product of this size stays below. */
const bounds: { memory: Readonly<Record<string, number>>; sessions: number } = {
  memory: { web: 700, ingest: 450, worker: 450 },
  sessions: 80,
};
const day = 24 * 3_600_000;
const ladder = ['queued', 'unknown', 'accepted', 'sent', 'failed', 'delivered', 'read'];

/** Everything that a run is judged by. A run is good when nothing is broken. */
export function checkInvariants(facts: Facts): Finding[] {
  return [...inbound(facts), ...turns(facts), ...outbound(facts), ...counters(facts), ...atRest(facts)];
}

function inbound({ written, acknowledged, endings, messages, quarantined }: Facts): Finding[] {
  const rows = messages.filter(({ direction }) => direction === 'inbound');
  const byWamid = Map.groupBy(rows, ({ wamid }) => wamid ?? '');
  const filed = rows.flatMap((row) => {
    const origin = written.get(row.wamid ?? '');
    return origin ? [{ id: origin.wamid, row, origin }] : [];
  });
  return [
    finding('every webhook was answered 200 in the end', written.keys(), (wamid) => !acknowledged.has(wamid)),
    finding('what was answered 200 is one row', acknowledged, (wamid) => byWamid.get(wamid)?.length !== 1),
    finding(
      'each row has its tenant, number, lead, text and time',
      filed,
      ({ row, origin }) =>
        row.tenant !== origin.channel.tenant ||
        row.phoneNumberId !== origin.channel.phoneNumberId ||
        row.phone !== origin.from ||
        row.body !== origin.text ||
        Math.floor(row.at / 1_000) !== origin.timestamp,
    ),
    finding(
      'each person is one lead of a tenant',
      grouped(rows, ({ tenant, phone }) => `${tenant} ${phone}`),
      ({ own }) => new Set(own.map(({ lead }) => lead)).size !== 1,
    ),
    finding('nothing is there that nobody wrote', rows, ({ wamid }) => !written.has(wamid ?? '')),
    finding(
      'nothing was answered but 200 and 503',
      endings.keys(),
      (ending) => !['200', '503', 'none'].includes(ending),
    ),
    { invariant: 'nothing is in quarantine', checked: 1, broken: quarantined > 0 ? [`${quarantined}`] : [] },
  ];
}

function turns({ written, messages, conversations, turns: all }: Facts): Finding[] {
  const rows = messages.filter(({ direction }) => direction === 'inbound');
  const byMessage = Map.groupBy(all, ({ message }) => message);
  const outbound = messages.filter(({ direction }) => direction === 'outbound');
  const taken = Map.groupBy(all, ({ conversation }) => conversation);
  const said = Map.groupBy(outbound, ({ conversation }) => conversation);
  const holders = new Map(conversations.map(({ id, holder }) => [id, holder]));
  return [
    finding('the bot owed one turn for each message to it, and none for others', rows, (row) => {
      const made = byMessage.get(row.id)?.length ?? 0;
      if (!written.get(row.wamid ?? '')?.channel.botOn) return made > 0;
      // What came after a conversation was handed over is a person's to answer.
      return holders.get(row.conversation) === 'bot' ? made !== 1 : made > 1;
    }),
    finding(
      'whoever got no message of the bot’s is left to people',
      outbound.filter(({ status }) => status === 'failed'),
      ({ conversation }) => holders.get(conversation) === 'bot',
    ),
    finding(
      'every turn is decided',
      all.map((turn) => ({ ...turn, id: turn.message })),
      ({ decided }) => !decided,
    ),
    finding('what turns said is in the ledger once', conversations, ({ id }) => {
      const replies = (taken.get(id) ?? []).map((turn) => turn.replies);
      return replies.reduce((sum, count) => sum + count, 0) !== (said.get(id)?.length ?? 0);
    }),
  ];
}

function outbound({ messages, sends, underWay }: Facts): Finding[] {
  const rows = messages.filter(({ direction }) => direction === 'outbound');
  const known = new Set(rows.map(({ id }) => id));
  const atMeta = grouped(
    sends.filter((send) => send.accepted),
    ({ message }) => message,
  );
  const accepted = new Map(atMeta.map(({ id, own }) => [id, own]));
  const never = rows.filter(({ id }) => !accepted.has(id));
  const unknown = never.filter(({ status }) => status === 'unknown');
  const taken = rows.flatMap((row) => {
    const send = accepted.get(row.id)?.[0];
    return send ? [{ id: row.id, row, send }] : [];
  });
  // Sends that got no answer and did not count, as the simulated Meta itself knows.
  const swallowed = new Set(
    sends.filter((send) => !send.accepted && !send.answered).map(({ message }) => message),
  );
  return [
    finding('nothing is at Meta twice', atMeta, ({ own }) => own.length > 1),
    finding('Meta has nothing that the ledger lacks', atMeta, ({ id }) => !known.has(id)),
    finding(
      'what Meta never took is unknown or failed',
      never,
      ({ status }) => !['unknown', 'failed'].includes(status ?? ''),
    ),
    finding(
      'what is unknown was under way at a fault, or got no answer',
      unknown,
      ({ id }) => !underWay.has(id) && !swallowed.has(id),
    ),
    finding(
      'the status is the highest that Meta told',
      taken,
      ({ row, send }) => row.status !== highest(['accepted', ...send.heard]),
    ),
    finding('Meta’s id is the message’s', taken, ({ row, send }) => row.wamid !== send.wamid),
    finding(
      'each conversation’s messages left in order',
      grouped(taken, ({ row }) => row.conversation),
      ({ own }) => !isInOrder(own),
    ),
  ];
}

function counters({ messages, conversations, usage }: Facts): Finding[] {
  const byConversation = Map.groupBy(messages, ({ conversation }) => conversation);
  const of = (id: string) => byConversation.get(id) ?? [];
  const heard = (id: string) => of(id).filter(({ direction }) => direction === 'inbound');
  const newest = (rows: readonly MessageRow[]) => Math.max(...rows.map(({ at }) => at));
  return [
    finding(
      'inbound_count is the number of inbound messages',
      conversations,
      ({ id, inboundCount }) => inboundCount !== heard(id).length,
    ),
    finding(
      'usage says what the ledger says, for each channel and day',
      usage,
      ({ counted, inLedger }) => counted.join() !== inLedger.join(),
    ),
    finding(
      'nobody has read more than there is',
      conversations,
      ({ mostRead, inboundCount }) => mostRead > inboundCount,
    ),
    finding(
      'last_at and last_message_id are those of the newest message',
      conversations,
      ({ id, lastAt, lastMessage }) =>
        lastAt !== newest(of(id)) || !of(id).some((row) => row.id === lastMessage && row.at === lastAt),
    ),
    finding(
      'last_inbound_at and window_closes_at follow from the newest inbound message',
      conversations,
      ({ id, lastInboundAt, windowClosesAt }) =>
        lastInboundAt !== newest(heard(id)) ||
        windowClosesAt !== Math.floor(newest(heard(id)) / 1_000) * 1_000 + day,
    ),
  ];
}

function atRest({ waiting, sessions, running, givenUp, ready, memory, failedJobs }: Facts): Finding[] {
  return [
    limited('nothing waits', waiting, () => 0),
    limited('no job has failed for good', { jobs: failedJobs }, () => 0),
    limited(
      'no transaction is stuck, no lock is waited for',
      { stuck: sessions.stuck, waiting: sessions.waitingForLocks },
      () => 0,
    ),
    limited('few database sessions are open', { sessions: sessions.open }, () => bounds.sessions),
    finding(
      'every process runs',
      Object.entries(running).map(([id, [now, wanted]]) => ({
        id: `${id}: ${now} of ${wanted}`,
        now,
        wanted,
      })),
      ({ now, wanted }) => now !== wanted,
    ),
    limited('no supervisor gave up', givenUp, () => 0),
    finding('/readyz answers 200', ready, (status) => status !== 200),
    limited('memory stays in its bounds', Object.fromEntries(memory), (role) => bounds.memory[role] ?? 0),
  ];
}

/** Asks it of each; the broken ones are named by their id, or by themselves. */
function finding<T extends string | number | { readonly id: string }>(
  invariant: string,
  things: Iterable<T>,
  isBroken: (thing: T) => boolean,
): Finding {
  const all = [...things];
  const broken = all.filter(isBroken).map((thing) => (typeof thing === 'object' ? thing.id : String(thing)));
  return { invariant, checked: all.length, broken };
}

/** Asks of each count whether it is within its limit. */
function limited(
  invariant: string,
  counts: Readonly<Record<string, number>>,
  most: (name: string) => number,
): Finding {
  return finding(
    invariant,
    Object.entries(counts).map(([name, count]) => ({ id: `${name}: ${count}`, isOver: count > most(name) })),
    ({ isOver }) => isOver,
  );
}

const grouped = <T>(things: readonly T[], key: (thing: T) => string) =>
  [...Map.groupBy(things, key)].map(([id, own]) => ({ id, own }));

const highest = (statuses: readonly string[]) =>
  statuses.reduce((most, one) => (ladder.indexOf(one) > ladder.indexOf(most) ? one : most));

/** Whether Meta took them in the order in which they stand in the conversation. */
function isInOrder(taken: readonly { readonly row: MessageRow; readonly send: Send }[]): boolean {
  const asTaken = taken.toSorted((a, b) => a.send.at - b.send.at);
  return asTaken.every(({ row, send }, index) => {
    const before = asTaken[index - 1];
    return !before || before.send.at === send.at || before.row.at <= row.at;
  });
}
