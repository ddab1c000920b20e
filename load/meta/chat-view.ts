import type { Entry } from './ledger.ts';
import type { Fields } from './payload.ts';
import { addressOf } from './people.ts';
import type { Simulation } from './simulation.ts';

/** One bubble as a phone shows it; see README.md for the keys of each kind. */
export type Bubble = {
  readonly id: string;
  /** `out`: the business wrote it. */
  readonly direction: 'in' | 'out';
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly status: Entry['status'];
  readonly [more: string]: unknown;
};

/** The conversation of one person with one number, oldest first. What was refused never reached the phone. */
export function viewChat(simulation: Simulation, phoneNumberId: string, who: string, newest = 200): Bubble[] {
  const person = simulation.people.find(who);
  return simulation.ledger
    .chat(phoneNumberId, person ? addressOf(person) : who)
    .filter((entry) => entry.status !== 'refused')
    .slice(-newest)
    .map((entry) => bubble(simulation, entry));
}

function bubble(simulation: Simulation, entry: Entry): Bubble {
  const message = contentOf(entry);
  return {
    id: entry.id,
    direction: entry.direction,
    at: new Date(entry.at).toISOString(),
    ...lookOf(message),
    status: entry.status,
    ...(entry.direction === 'out' && entry.failure && { failure: entry.failure }),
    ...quoteOf(simulation, message),
  };
}

function contentOf(entry: Entry): Fields {
  return JSON.parse(entry.direction === 'out' ? entry.request : entry.message) as Fields;
}

/** `kind`, `text`, and what the kind has beside it: buttons, a list, a link, a media object, a place … */
function lookOf(message: Fields): { kind: string; text: string; [more: string]: unknown } {
  const kind = typeof message['type'] === 'string' ? message['type'] : 'text';
  const content = fields(message[kind]);
  switch (kind) {
    case 'text':
      return { kind, text: words(content['body']) };
    case 'interactive':
      return interactiveLook(content);
    case 'button':
      return { kind, text: words(content['text']) };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { kind, text: words(content['caption']), media: content };
    case 'location':
      return { kind, text: words(content['name'] ?? content['address']), location: content };
    case 'contacts': {
      const names = list(message['contacts']).map((contact) =>
        words(fields(contact['name'])['formatted_name']),
      );
      return { kind, text: names.join(', '), contacts: message['contacts'] };
    }
    case 'reaction':
      return { kind, text: words(content['emoji']), reactsTo: content['message_id'] };
    case 'template':
      return { kind, text: templateText(content), template: content };
    default:
      return { kind, text: words(content['text'] ?? content['body']), content };
  }
}

function interactiveLook(content: Fields) {
  const { button_reply, list_reply } = content;
  const reply = button_reply ?? list_reply;
  if (reply) {
    return { kind: button_reply ? 'button_reply' : 'list_reply', text: words(fields(reply)['title']), reply };
  }
  const action = fields(content['action']);
  const header = fields(content['header']);
  const footer = words(fields(content['footer'])['text']);
  const parameters = fields(action['parameters']);
  return {
    kind: words(content['type']),
    text: words(fields(content['body'])['text']),
    ...(content['header'] !== undefined && { header }),
    ...(footer && { footer }),
    ...(action['buttons'] !== undefined && {
      buttons: list(action['buttons']).map((button) => fields(button['reply'])),
    }),
    ...(content['type'] === 'list' && { list: { button: action['button'], sections: action['sections'] } }),
    ...(content['type'] === 'cta_url' && {
      link: { text: parameters['display_text'], url: parameters['url'] },
    }),
  };
}

function templateText(content: Fields): string {
  const parameters = list(content['components']).flatMap((component) => list(component['parameters']));
  const values = parameters.map((parameter) => words(parameter['text'])).filter((text) => text !== '');
  return [words(content['name']), ...values].join(' · ');
}

function quoteOf({ ledger }: Simulation, message: Fields): { quoted?: { id: string; text: string } } {
  const context = fields(message['context']);
  const id = context['message_id'] ?? context['id'];
  if (typeof id !== 'string') return {};
  const entry = ledger.find(id);
  return { quoted: { id, text: entry ? lookOf(contentOf(entry)).text : '' } };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
