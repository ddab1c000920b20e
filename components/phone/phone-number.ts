import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Digits as people write them: 16505551234 is +1 650 555 1234. */
export function displayNumber(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}

/** The same for every number inside a sentence, where it stays on one line. */
export function displayNumbers(sentence: string): string {
  return sentence.replace(/\+(\d{6,15})\b/g, (_number, digits: string) =>
    displayNumber(digits).replaceAll(' ', '\u00a0'),
  );
}
