import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
  ParseError,
  parsePhoneNumberFromString,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/min';
import { matchKey } from './match-key.ts';

/** `key` as `matchKey` makes it, and `raw`, the digits as WhatsApp writes them; or why it is none. */
export type ReadPhone = { key: string; raw: string } | { reason: string };

/**
 * A phone number as people write it: international (`+49 …`, `0049 …`), or national in the given country, if any.
 * Whether such a number has been given to anybody is not asked, only whether it could be.
 */
export function readPhone(text: string, country: string | null): ReadPhone {
  const written = text.trim();
  if (written === '') return { reason: 'No phone number' };
  if (written.length > 60 || isDate.test(written)) return { reason: 'Not a phone number' };
  const plain = written.replace(signs, '');
  const international = /^00[1-9]/.test(plain) ? `+${plain.slice(2)}` : plain;
  const known = international.startsWith('+') && quickly(international.slice(1));
  if (known) return named(known);
  const complete = country !== null && withLostPlus(international, country);
  if (complete) return named(complete);
  const read = carefully(international, country);
  if ('key' in read || !/^[1-9]\d{9,14}$/.test(international)) return read;
  // Spreadsheets drop the plus of what they take for a number.
  const withPlus = carefully(`+${international}`, null);
  return 'key' in withPlus ? withPlus : read;
}

// As spreadsheets write one.
const isDate = /^(19|20)\d\d-\d\d-\d\d/;
// What people put between digits, and marks of direction that spreadsheets leave behind.
const signs = /[\s().\-/\u00a0\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The digits if they are a whole international number beyond doubt. Twenty times as fast as the library. */
function quickly(digits: string): string | undefined {
  if (!/^[1-9]\d{6,14}$/.test(digits)) return undefined;
  for (let length = 1; length <= 3; length += 1) {
    const lengths = plans().get(digits.slice(0, length));
    // A zero that begins the rest is a national prefix in most countries and a part of the number in Italy.
    if (lengths) return lengths.has(digits.length - length) && digits[length] !== '0' ? digits : undefined;
  }
  return undefined;
}

let made: Map<string, Set<number>> | undefined;

/** How long the numbers behind each calling code are. Only those whose numbers are written one way. */
function plans(): Map<string, Set<number>> {
  if (made) return made;
  made = new Map<string, Set<number>>();
  const metadata = new Metadata();
  for (const country of getCountries()) {
    metadata.selectNumberingPlan(country);
    const plan = metadata.numberingPlan;
    if (!plan) continue;
    const lengths = made.get(getCountryCallingCode(country)) ?? new Set<number>();
    for (const length of plan.possibleLengths()) lengths.add(length);
    made.set(getCountryCallingCode(country), lengths);
  }
  for (const special of ['52', '54', '55']) made.delete(special);
  return made;
}

function carefully(text: string, country: string | null): ReadPhone {
  if (/[^\d+]/.test(text)) return { reason: 'Not a phone number' };
  if (!text.startsWith('+') && country === null)
    return { reason: 'No country code; choose the country that such numbers are from' };
  // The cast: whoever chose it chose among the library's own.
  const home = (country ?? undefined) as CountryCode | undefined;
  try {
    const number = parsePhoneNumberWithError(withoutMexicosPrefix(text, country), {
      ...(home && { defaultCountry: home }),
      extract: false,
    });
    // Some countries have numbers of three digits, but none with WhatsApp.
    if (number.number.length <= 8)
      return { reason: `Number is too short${forCountry(number.country ?? home)}` };
    if (number.isPossible()) return named(number.number.slice(1));
    return lengthReason(number.nationalNumber.length, number.country ?? home, number.countryCallingCode);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const where = text.startsWith('+') ? undefined : home;
    if (error.message === 'TOO_SHORT') return { reason: `Number is too short${forCountry(where)}` };
    if (error.message === 'TOO_LONG') return { reason: `Number is too long${forCountry(where)}` };
    if (error.message === 'INVALID_COUNTRY') return { reason: 'No country has this code' };
    return { reason: 'Not a phone number' };
  }
}

/** A number of that country with its code but without the plus, which spreadsheets drop: nobody's national one is so long. */
function withLostPlus(digits: string, country: string): string | undefined {
  if (!/^[1-9]\d{11,14}$/.test(digits)) return undefined;
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number?.country === country && number.isValid() ? number.number.slice(1) : undefined;
}

/** Until 2019 mobiles were called with 044 or 045 before the ten digits, and from abroad with a 1. */
const withoutMexicosPrefix = (text: string, country: string | null) => {
  const plain = text.replace(/^\+521(\d{10})$/, '+52$1');
  return country === 'MX' ? plain.replace(/^04[45](\d{10})$/, '$1') : plain;
};

function lengthReason(length: number, country: CountryCode | undefined, code: string): ReadPhone {
  const place = country ?? countryOf(code);
  const lengths = place === undefined ? [] : lengthsOf(place);
  const words =
    length < Math.min(...lengths) ? 'too short' : length > Math.max(...lengths) ? 'too long' : undefined;
  return {
    reason:
      words === undefined
        ? `Number has a wrong length${forCountry(place)}`
        : `Number is ${words}${forCountry(place)}`,
  };
}

function lengthsOf(country: CountryCode): number[] {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan?.possibleLengths() ?? [];
}

const countryOf = (code: string): CountryCode | undefined =>
  getCountries().find((country) => getCountryCallingCode(country) === code);

const names = new Intl.DisplayNames('en', { type: 'region' });
const forCountry = (country: string | undefined) =>
  country === undefined ? '' : ` for ${names.of(country)}`;

function named(digits: string): ReadPhone {
  const key = matchKey(digits);
  // WhatsApp writes Mexico's mobiles with a 1 and Argentina's with a 9; the key has neither.
  if (/^52\d{10}$/.test(key)) return { key, raw: `521${key.slice(2)}` };
  if (/^54\d{10}$/.test(key)) return { key, raw: `549${key.slice(2)}` };
  return { key, raw: digits };
}

/** The countries that numbers can be from, by name. */
export const countries = (): { code: string; name: string }[] =>
  getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));

/** The country of a number that is written in digits with its country code; null where that is open. */
export const countryOfNumber = (digits: string): string | null =>
  parsePhoneNumberFromString(`+${digits.replace(/\D/g, '')}`)?.country ?? null;
