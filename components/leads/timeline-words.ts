import type { TimelineItem } from './leads.ts';

const sources: Record<string, string> = {
  keyword: 'they wrote',
  meta: 'in their WhatsApp settings',
  failure: 'Meta said so when a message was refused',
  hand: 'noted by hand',
  import: 'by an import',
  form: 'by a form',
};

/** A line of a timeline: who did what. What is not known here is named as it is. */
export function timelineWords({ kind, who, detail }: Pick<TimelineItem, 'kind' | 'who' | 'detail'>): string {
  const by = who ?? 'Parley';
  const name = textOf(detail['name']);
  const undo = detail['undo'] === true ? ', taking a change back' : '';
  switch (kind) {
    case 'added':
      return `${by} added them by hand`;
    case 'edited':
      return `${by} edited ${listOf(detail['fields']) || 'what is known'}`;
    case 'labelled':
      return `${by} labelled them “${name}”${undo}`;
    case 'unlabelled':
      return `${by} took the label “${name}” away${undo}`;
    case 'assigned':
      return `${by} assigned them to ${name || 'nobody'}${undo}`;
    case 'deleted':
      return `${by} deleted them`;
    case 'restored':
      return detail['why'] === 'wrote' ? 'They wrote, and are back' : `${by} brought them back`;
    case 'merged':
      return `${by} merged them${name && ` with ${name}`}`;
    case 'split':
      return `${by} took a merge apart`;
    case 'blocked':
      return `${by} blocked them`;
    case 'unblocked':
      return `${by} ended their block`;
    case 'imported':
      return `${by} imported them from ${name}, line ${textOf(detail['line'])}${detail['new'] === true ? '' : ': updated'}`;
    case 'consent-in':
    case 'consent-out': {
      const proof = textOf(detail['proof']);
      return `${kind === 'consent-in' ? 'Agreed to messages' : 'Said no to messages'}: ${sources[textOf(detail['source'])] ?? textOf(detail['source'])}${who === null ? '' : ` (${who})`}${proof && `, “${proof}”`}`;
    }
    case 'conversation':
      return `A conversation began on ${name}`;
    case 'first-message':
      return `First wrote: “${name}”`;
    default:
      return conversationWords(kind, by, name);
  }
}

function conversationWords(kind: string, by: string, name: string): string {
  switch (kind) {
    case 'conversation-taken-over':
      return `${by} took the conversation over`;
    case 'conversation-handed-over':
      return 'The bot handed the conversation over';
    case 'conversation-handed-back':
      return `${by} handed the conversation back to the bot`;
    case 'conversation-assigned':
      return name ? `${by} gave the conversation to ${name}` : `${by} took an assignment back`;
    case 'conversation-closed':
      return `${by} closed the conversation`;
    case 'conversation-reopened':
      return name === 'lead-wrote'
        ? 'The conversation opened again: they wrote'
        : `${by} opened the conversation again`;
    case 'conversation-returned':
      return `The conversation returned to the team${name && `: ${name} left`}`;
    default:
      return `${by}: ${kind.replaceAll('-', ' ')}`;
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? value.toLocaleString('en') : '';
const listOf = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : '');
