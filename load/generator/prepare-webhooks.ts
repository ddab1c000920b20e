import { createHmac } from 'node:crypto';
import { reportAssumptions } from '#load/model/assumptions.ts';
import { scatter } from '#load/model/random.ts';

/** A number that takes messages. */
export type LoadChannel = {
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly wabaId: string;
};

/** Everything that a run's messages are made from; any of them can be made again from it and its index. */
export type MessagePlan = {
  /** Names the run in every wamid: 10 letters and digits. */
  readonly run: string;
  readonly seed: number;
  readonly channels: readonly LoadChannel[];
  /** People who write on each channel; with `visits` at a time. */
  readonly leadsPerChannel: number;
  /**
   * `random`: anybody at any time. `cycle`: each once, before anybody writes again. `visits`: the same, but whoever has
   * written as often as is assumed of a day makes room for somebody new, each at another time: the first of all who are
   * there at the beginning aside, one message in so many is somebody's first ever.
   */
  readonly order: 'random' | 'cycle' | 'visits';
  readonly perWebhook: number;
  /** The Meta app's secret, which signs. */
  readonly secret: string;
  /** Of the door, as it stands in the request line. */
  readonly path: string;
  /** Unix seconds: what the messages carry as their time. */
  readonly timestamp: number;
};

export type PlannedMessage = {
  readonly wamid: string;
  readonly channel: LoadChannel;
  readonly from: string;
  readonly name: string;
  readonly text: string;
};

/** Messages that somebody writes on a visit. */
export const perVisit = Math.floor(reportAssumptions.messagesPerLead * (1 - reportAssumptions.outgoingShare));

/** What the wamids of a run begin with, and no others. */
export const wamidPrefix = (run: string) => `wamid.HBgLOAD${run}`;

/** The message of this index. Message `i` is part of webhook `⌊i / perWebhook⌋`. */
export function messageOf(plan: MessagePlan, index: number): PlannedMessage {
  const { channels, perWebhook, order, seed } = plan;
  const webhook = Math.floor(index / perWebhook);
  const channelIndex = (order === 'random' ? scatter(seed, webhook) : webhook) % channels.length;
  const channel = channels[channelIndex];
  if (!channel) throw new Error('a load needs a channel');
  // Person by person across the channels, so that somebody new on one of them is nobody of another's.
  const lead = personOf(plan, index) * channels.length + channelIndex;
  return {
    wamid: `${wamidPrefix(plan.run)}${base36(scatter(seed + 2, index), 7)}${base36(scatter(seed + 3, index), 7)}${base36(index, 8)}A=`,
    channel,
    from: phoneOf(lead),
    name: `${pick(firstNames, lead)} ${pick(lastNames, Math.floor(lead / firstNames.length))}`,
    text: pick(texts, scatter(seed + 4, index)),
  };
}

/** Who of a channel's people writes the message of this index. */
function personOf({ channels, leadsPerChannel, perWebhook, order, seed }: MessagePlan, index: number) {
  if (order === 'random') return scatter(seed + 1, index) % leadsPerChannel;
  const inChannel = Math.floor(index / perWebhook / channels.length) * perWebhook + (index % perWebhook);
  const place = inChannel % leadsPerChannel;
  if (order === 'cycle') return place;
  const round = Math.floor(inChannel / leadsPerChannel);
  return place + leadsPerChannel * Math.floor((round + (place % perVisit)) / perVisit);
}

/** Ends in 7, so that the simulated Meta takes it for none of the numbers that stand for a failure. */
const phoneOf = (lead: number) => `49151${String(lead).padStart(7, '0')}7`;

/** The body of one webhook, as Meta writes it. */
export function webhookBody(plan: MessagePlan, webhook: number): string {
  const first = webhook * plan.perWebhook;
  const messages = Array.from({ length: plan.perWebhook }, (_, offset) => messageOf(plan, first + offset));
  const [{ channel } = messageOf(plan, first)] = messages;
  const people = new Map(messages.map(({ from, name }) => [from, name]));
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: channel.wabaId,
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: {
                display_phone_number: channel.displayPhoneNumber,
                phone_number_id: channel.phoneNumberId,
              },
              contacts: [...people].map(([wa_id, name]) => ({ profile: { name }, wa_id })),
              messages: messages.map(({ wamid, from, text }) => ({
                from,
                id: wamid,
                timestamp: String(plan.timestamp),
                text: { body: text },
                type: 'text',
              })),
            },
            field: 'messages',
          },
        ],
      },
    ],
  });
}

/** The bytes of the whole request, signed. */
export function webhookRequest(plan: MessagePlan, webhook: number): Buffer {
  const body = Buffer.from(webhookBody(plan, webhook));
  const signature = createHmac('sha256', plan.secret).update(body).digest('hex');
  const head =
    `POST ${plan.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n` +
    `Content-Type: application/json\r\nX-Hub-Signature-256: sha256=${signature}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** Whole requests, made before a run so that sending one is a write and nothing else. */
export type PreparedWebhooks = {
  readonly count: number;
  readonly bytes: number;
  readonly at: (index: number) => Buffer;
};

const slabBytes = 16 * 1024 * 1024;

/** Makes `count` requests from webhook `first` on, fewer when they would take more than `mostBytes`. */
export function prepareWebhooks(
  plan: MessagePlan,
  first: number,
  count: number,
  mostBytes: number,
): PreparedWebhooks {
  // In few large pieces: hundreds of thousands of small buffers would be the collector's work during the run.
  const slabs: Buffer[] = [];
  const places: { slab: Buffer; from: number; to: number }[] = [];
  let slab = Buffer.alloc(0);
  let used = 0;
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const request = webhookRequest(plan, first + index);
    if (bytes + request.length > mostBytes) break;
    if (used + request.length > slab.length) {
      slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, request.length));
      slabs.push(slab);
      used = 0;
    }
    request.copy(slab, used);
    places.push({ slab, from: used, to: used + request.length });
    used += request.length;
    bytes += request.length;
  }
  return {
    count: places.length,
    bytes,
    at: (index) => {
      const place = places[index];
      if (!place) throw new Error(`webhook ${index} was not prepared`);
      return place.slab.subarray(place.from, place.to);
    },
  };
}

const base36 = (value: number, width: number) => value.toString(36).toUpperCase().padStart(width, '0');

function pick<T>(list: readonly [T, ...T[]], index: number): T {
  return list[index % list.length] ?? list[0];
}

const firstNames = [
  ...(['Ana', 'Bilal', 'Chen', 'Dora', 'Emeka', 'Fatima', 'Goran', 'Hana', 'Ivan', 'Jia', 'Karim'] as const),
  ...(['Lucía', 'Mateo', 'Nadia', 'Omar', 'Priya', 'Quinn', 'Rosa', 'Sven', 'Tariq', 'Uma', 'Vera'] as const),
] as const;
const lastNames = [
  ...(['Abe', 'Bauer', 'Costa', 'Diallo', 'Eriksen', 'Flores', 'García', 'Haddad', 'Ito', 'Jansen'] as const),
  ...([
    'Khan',
    'Lopes',
    'Müller',
    'Nowak',
    'Okafor',
    'Pereira',
    'Rossi',
    'Silva',
    'Tanaka',
    'Weber',
  ] as const),
] as const;
const texts = [
  'Hi, I saw your ad and would like to know what a system for a house of four people costs.',
  'Good morning, is it possible to get an appointment next week, on Tuesday or Wednesday?',
  'Thanks!',
  'Could you send me the details again? I cannot find the letter any more, sorry for the trouble.',
  'ok',
  'My order has not arrived yet. The number is 20488-3, it was promised for Monday.',
  '¿Tienen disponible el modelo más pequeño en color azul? Lo necesito antes del viernes.',
  'Yes, that works for me 👍',
  'I have thought about it and would like to go ahead. What do you need from me?',
  'Does the guarantee also cover the inverter, or only the panels themselves?',
  'We are two adults and a child, and we would arrive late in the evening, around 22:30.',
  'Please call me back when you can, I am in a meeting until noon.',
] as const;
