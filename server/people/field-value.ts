import { Refusal } from '#server/refusal.ts';
import { plainText } from './plain-text.ts';

/**
 * What an own field keeps of a text: itself, a number, a date as YYYY-MM-DD, one of the choices, or true and false for
 * "yes" and "no"; null for an empty text. Refuses what is none, in words for who typed it.
 */
export function readFieldValue(
  { name, kind, choices }: { name: string; kind: string; choices: string[] },
  text: string,
): string | number | boolean | null {
  const value = plainText(text);
  if (value === '') return null;
  const refuse = (words: string) => new Refusal('bad-input', 'field-value', `${name}: ${words}`);
  switch (kind) {
    case 'number': {
      const number = Number(value);
      if (!/^[+-]?\d+(\.\d+)?$/.test(value) || !Number.isFinite(number))
        throw refuse('this is no number. Write it like 1234.5.');
      return number;
    }
    case 'date': {
      const day = new Date(`${value}T00:00:00Z`);
      if (
        !/^\d{4}-\d{2}-\d{2}$/.test(value) ||
        Number.isNaN(day.getTime()) ||
        day.toISOString().slice(0, 10) !== value
      )
        throw refuse('this is no date. Write it like 2026-11-28.');
      return value;
    }
    case 'choice':
      if (!choices.includes(value)) throw refuse(`choose one of ${choices.join(', ')}.`);
      return value;
    case 'boolean':
      if (value !== 'yes' && value !== 'no') throw refuse('choose yes or no.');
      return value === 'yes';
    default:
      return value;
  }
}
