import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmation, defaultWords, foldWish, wishIn } from './opt-words.ts';

const none = { out: [], in: [] };

describe('a message that is nothing but the word', () => {
  test.each([
    ['STOP', 'out'],
    [' stop. ', 'out'],
    ['"Stop!!"', 'out'],
    ['Ｓｔｏｐ', 'out'],
    ['🛑 stop 🛑', 'out'],
    ['Opt-out', 'out'],
    ['BAJA', 'out'],
    ['Désabonner', 'out'],
    ['desabonner', 'out'],
    ['Stopp', 'out'],
    ['não quero mais mensagens', 'out'],
    ['NAO QUERO MAIS MENSAGENS', 'out'],
    ['rezygnuje', 'out'],
    ['İPTAL ET', 'out'],
    ['إِيقاف', 'out'],
    ['ايقاف', 'out'],
    ['रोकें', 'out'],
    ['berhenti', 'out'],
    ['Start', 'in'],
    ['ALTA', 'in'],
    ['BASLAT', 'in'],
    ['शुरू', 'in'],
  ] as const)('%s is %s', (text, wish) => expect(wishIn(text, none)).toBe(wish));
});

describe('everything else is a message', () => {
  test.each([
    'Please stop by on Monday',
    'When does it start?',
    'stop it, you',
    'no',
    '',
    '   ',
    '…',
    'रोक',
    'Bajar',
    'S T O P',
    `${'stop '.repeat(60)}`,
  ])('%j', (text) => expect(wishIn(text, none)).toBeNull());
});

test('a tenant’s own words count beside the table’s, folded like these', () => {
  const own = { out: ['Raus hier!'], in: ['Wieder da'] };
  expect(wishIn('raus hier', own)).toBe('out');
  expect(wishIn('WIEDER DA.', own)).toBe('in');
  expect(wishIn('stop', own)).toBe('out');
  expect(wishIn('raus hier', none)).toBeNull();
});

test('an own word that folds to nothing matches nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(wishIn(text, { out: ['…', ''], in: [' '] })).toBe(wishIn(text, none));
    }),
  );
});

test('no word says both, and each word of the table says what it should in any case and with signs around it', () => {
  for (const { out, in: back } of defaultWords) {
    for (const word of out) expect(wishIn(`¡${word.toUpperCase()}!`, none)).toBe('out');
    for (const word of back) expect(wishIn(`${word.toUpperCase()} 👍`, none)).toBe('in');
  }
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldWish(foldWish(text))).toBe(foldWish(text));
    }),
  );
});

test('the word that a confirmation names is one that is understood', () => {
  for (const { language } of defaultWords)
    for (const [wish, back] of [
      ['out', 'in'],
      ['in', 'out'],
    ] as const) {
      const said = confirmation(wish, { name: 'Acme', language: `${language}-XX` });
      const named = said.split(/[\s.।]+/).filter((word) => wishIn(word, none) === back);
      expect(named, `${language}: ${said}`).not.toEqual([]);
    }
  expect(confirmation('out', { name: 'Acme', language: 'xx' })).toContain('START');
});
