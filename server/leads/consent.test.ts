import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Sending, whyNotToSend } from './consent.ts';

const open: Sending = {
  author: 'member',
  consent: 'unknown',
  blocked: false,
  windowOpen: true,
  afterOptOut: false,
};
const out = { ...open, consent: 'out' } as const;

describe('what may leave', () => {
  test.each([
    ['to somebody who never said anything', open, null],
    ['to somebody who agreed, after the window', { ...open, consent: 'in', windowOpen: false }, null],
    ['a person’s answer to somebody who said STOP and writes', out, null],
    ['a person’s message to them after the window', { ...out, windowOpen: false }, 'opted-out'],
    ['the bot’s, meant before they said it', { ...out, author: 'bot' }, 'opted-out'],
    ['the bot’s, to what they wrote since', { ...out, author: 'bot', afterOptOut: true }, null],
    [
      'the bot’s, after the window',
      { ...out, author: 'bot', afterOptOut: true, windowOpen: false },
      'opted-out',
    ],
    ['anything to somebody who is blocked', { ...open, consent: 'in', blocked: true }, 'blocked'],
  ] as const)('%s', (_, sending, why) => expect(whyNotToSend(sending)).toBe(why));
});

const sendings = fc.record<Sending>({
  author: fc.constantFrom('bot', 'member'),
  consent: fc.constantFrom('unknown', 'in', 'out'),
  blocked: fc.boolean(),
  windowOpen: fc.boolean(),
  afterOptOut: fc.boolean(),
});

test('nothing that the business begins reaches who opted out, and nothing at all who is blocked', () => {
  fc.assert(
    fc.property(sendings, (sending) => {
      if (sending.blocked) expect(whyNotToSend(sending)).toBe('blocked');
      if (sending.consent === 'out' && !sending.windowOpen) expect(whyNotToSend(sending)).not.toBeNull();
    }),
  );
});

describe('every way out', () => {
  const sources = globSync('{app,load,prisma,server}/**/*.ts', {
    exclude: (name) => /\.test\.ts$/.test(name) || ['generated', 'node_modules', 'testing'].includes(name),
  }).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const those = (pattern: RegExp) =>
    sources
      .filter(({ text }) => pattern.test(text))
      .map(({ file }) => file)
      .sort();

  test('the ledger’s outgoing messages are written by one function, and delivered by one', () => {
    expect(those(/insert into outbox|outbox\.create/i)).toEqual(['server/conversations/record-outbound.ts']);
    expect(those(/\bsendToMeta\(/)).toEqual([
      'server/delivery/deliver-message.ts',
      'server/whatsapp/graph-client.ts',
    ]);
  });

  test.each([...those(/\brecordOutbound\(/), 'server/delivery/deliver-message.ts'])(
    '%s asks the rule, itself or in what it decides by',
    (file) => {
      if (file === 'server/conversations/record-outbound.ts') return;
      const asks = { 'server/bot/take-turns.ts': 'server/bot/decide.ts' }[file] ?? file;
      expect(readFileSync(asks, 'utf8')).toMatch(/\bwhyNotToSend\(/);
    },
  );

  test('who queues a message is known by name', () => {
    expect(those(/\brecordOutbound\(/)).toEqual([
      'server/bot/take-turns.ts',
      'server/conversations/record-outbound.ts',
      'server/delivery/send-message.ts',
    ]);
  });
});
