import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, list, text } from '#server/whatsapp/json.ts';
import { failed, passed, type Verdict, warning } from './check.ts';
import { judgeNoAnswer } from './refused.ts';
import { seeManager } from './remedies.ts';

type Trouble = { description: string; solution: string | null };

/** Number 8: what Meta says about the number's health, with its own solutions. */
export function judgeSending(number: GraphReply): Verdict {
  if (number.kind !== 'answer') return judgeNoAnswer('sending', number);
  const health = isObject(number.body['health_status']) ? number.body['health_status'] : {};
  const ability = text(health['can_send_message']) ?? 'UNKNOWN';
  const troubles = list(health['entities']).filter(isObject).flatMap(readTroubles);
  const words = troubles.map(({ description }) => description).join(' ');
  const steps = [...new Set(troubles.flatMap(({ solution }) => solution ?? []))];
  if (ability === 'BLOCKED')
    return failed('Sending is blocked', words || 'Meta lets this number send nothing.', [
      ...steps,
      ...(steps.length === 0 ? seeManager : []),
      'Check again here.',
    ]);
  if (ability === 'LIMITED') return warning('Sending is limited', words || 'Meta limits this number.', steps);
  return passed('sending');
}

function readTroubles(entity: Record<string, unknown>): Trouble[] {
  return list(entity['errors'])
    .filter(isObject)
    .map((error) => ({
      description: text(error['error_description']) ?? `Error ${String(error['error_code'])}.`,
      solution: text(error['possible_solution']),
    }));
}
