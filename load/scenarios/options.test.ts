import { describe, expect, test } from 'vitest';
import { readComparison } from './compare.ts';
import { readOptions, WrongUse } from './options.ts';
import { splitWords } from './split-words.ts';

describe('what stands behind npm run load', () => {
  test('is read', () => {
    const words = 'ingest --seconds 5 --per-webhook 10 --env A=b=c --env D= --doors 2 --force';
    expect(readOptions(words.split(' '))).toMatchObject({
      ...{ scenario: 'ingest', seconds: 5, perWebhook: 10, doors: 2, force: true, rate: undefined },
      variables: { A: 'b=c', D: '' },
    });
  });

  test('peer is a scenario against something else', () => {
    const words = 'peer --target http://127.0.0.1:9000/webhook --secret s --scenario steady';
    expect(readOptions(words.split(' '))).toMatchObject({
      scenario: 'steady',
      target: 'http://127.0.0.1:9000/webhook',
    });
  });

  test.each([
    ['', 'name a scenario'],
    ['ingest now', '"now" is one word too many'],
    ['ingest --speed 3', 'speed'],
    ['ingest --seconds soon', '--seconds is a number'],
    ['ingest --seconds 0', '--seconds is a number from 0.1 on'],
    ['ingest --doors 1.5', '--doors is a whole number'],
    ['ingest --door back', '--door is ingest or web'],
    ['ingest --env X', '--env is NAME=VALUE'],
    ['ingest --target http://example.com', 'example.com is not this machine'],
    ['ingest --target http://127.0.0.1.example.com', 'is not this machine'],
    ['ingest --target http://127.0.0.1:1 --commit a', 'exclude each other'],
    ['ingest --database postgres://10.0.0.1/x', '10.0.0.1 is not this machine'],
    ['ingest --target nowhere', 'is no address'],
    ['peer', 'peer needs --target URL'],
  ])('is refused when it makes no sense: %s', (words, why) => {
    expect(() => readOptions(splitWords(words))).toThrow(WrongUse);
    expect(() => readOptions(splitWords(words))).toThrow(why);
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://127.8.9.10'])(
    '%s is this machine',
    (target) => {
      expect(readOptions(['ingest', '--target', target]).target).toBe(target);
    },
  );
});

describe('what stands behind compare', () => {
  test('is two sides, each as it would be run alone', () => {
    const plan = readComparison(['ingest --seconds 5', 'steady --rate 50', '--pairs', '4', '--force']);
    expect(plan).toMatchObject({
      pairs: 4,
      sides: [
        { words: 'ingest --seconds 5', options: { scenario: 'ingest', seconds: 5, force: true } },
        { words: 'steady --rate 50', options: { scenario: 'steady', rate: 50, force: true } },
      ],
    });
  });

  test('lets a side that begins with an option be the other with that option', () => {
    const [, b] = readComparison(['ingest --seconds 5', '--commit HEAD~1 --seconds 6']).sides;
    expect(b.options).toMatchObject({ scenario: 'ingest', commit: 'HEAD~1', seconds: 6 });
  });

  test.each([
    [['ingest'], 'two sides'],
    [['--commit a', 'ingest'], 'two sides'],
    [['ingest', 'steady', '--pairs', '2'], '--pairs is 3 at least'],
    [['ingest', 'steady', 'turns'], 'turns'],
    [['ingest "', 'steady'], 'a quote is open'],
  ])('is refused when it makes no sense: %j', (words, why) => {
    expect(() => readComparison(words)).toThrow(WrongUse);
    expect(() => readComparison(words)).toThrow(why);
  });
});

test.each([
  ['  a  b ', ['a', 'b']],
  [
    `--count-sql "select count(*) from t where a = 'x'"`,
    ['--count-sql', "select count(*) from t where a = 'x'"],
  ],
  [`a='b c'd ''`, ['a=b cd', '']],
  ['', []],
])('%j is split as a shell would', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});
