import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { readPhone } from './read-phone.ts';

test.each([
  ['+49 171 2345678', null, '491712345678', '491712345678'],
  ['0049 (0) 171 / 234-5678', null, '491712345678', '491712345678'],
  ['0171 2345678', 'DE', '491712345678', '491712345678'],
  ['(650) 555-1234', 'US', '16505551234', '16505551234'],
  ['+1 650 555 1234', 'DE', '16505551234', '16505551234'],
  ['11 98765-4321', 'BR', '5511987654321', '5511987654321'],
  ['+55 11 8765-4321', null, '5511987654321', '551187654321'],
  ['55 1234 5678', 'MX', '525512345678', '5215512345678'],
  ['+52 1 55 1234 5678', null, '525512345678', '5215512345678'],
  ['044 55 1234 5678', 'MX', '525512345678', '5215512345678'],
  ['011 15-2345-6789', 'AR', '541123456789', '5491123456789'],
  ['+54 9 11 2345 6789', null, '541123456789', '5491123456789'],
  ['+54 11 2345 6789', null, '541123456789', '5491123456789'],
  ['06 12345678', 'IT', '390612345678', '390612345678'],
  ['491712345678', null, '491712345678', '491712345678'],
  ['491712345678', 'DE', '491712345678', '491712345678'],
  ['(55) 98765-4321', 'BR', '5555987654321', '5555987654321'],
  ['393331234567', 'IT', '393331234567', '393331234567'],
  ['491712345678', 'US', '491712345678', '491712345678'],
  ['\u202a+49 171 2345678\u202c', null, '491712345678', '491712345678'],
])('%s in %s is one with %s', (text, country, key, raw) => {
  expect(readPhone(text, country)).toEqual({ key, raw });
});

test.each([
  ['', 'DE', 'No phone number'],
  ['0511 / 2', 'DE', 'Number is too short for Germany'],
  ['+49 176 5550 8812 3400 00', 'DE', 'Number is too long for Germany'],
  ['+90 532 111', null, 'Number is too short for Türkiye'],
  ['2025-12-09', 'DE', 'Not a phone number'],
  ['532-AAAA', 'TR', 'Not a phone number'],
  ['=HYPERLINK("x")', 'DE', 'Not a phone number'],
  ['+999 123 456 789', null, 'No country has this code'],
  ['0171 2345678', null, 'No country code; choose the country that such numbers are from'],
])('%s in %s: %s', (text, country, reason) => {
  expect(readPhone(text, country)).toEqual({ reason });
});

test('every country’s mobile numbers are read alike, national and international', () => {
  for (const country of getCountries()) {
    const example = getExampleNumber(country, examples);
    if (!example || example.number.length <= 8) continue;
    const national = readPhone(example.formatNational(), country);
    expect([country, national]).toEqual([country, readPhone(example.number, null)]);
    expect(national).toHaveProperty('key');
  }
});

test('whatever stands there, it is answered', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(null, 'DE', 'MX'), (text, country) => {
      const read = readPhone(text, country);
      expect('reason' in read ? read.reason : read.key).toMatch(/./);
    }),
  );
});
