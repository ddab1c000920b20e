import { expect, test } from 'vitest';
import type { Holder } from '#components/trpc/types.ts';
import { botWords, holderWords, sendingWords } from './holder-words.ts';

const bot: Holder = { kind: 'bot' };
const nobody: Holder = { kind: 'nobody' };
const you: Holder = { kind: 'member', userId: '1', name: 'Mara', you: true };
const ines: Holder = { kind: 'member', userId: '2', name: 'Ines', you: false };
const closedBy = (by: string | null, youDid = false) => ({ at: '2026-11-24T09:00:00Z', by, you: youDid });

test.each([
  [{ holder: bot }, 'Bot is answering'],
  [{ holder: bot, botOn: false }, 'Nobody is answering: the bot is switched off'],
  [{ holder: nobody }, 'Nobody is answering'],
  [{ holder: you }, 'You are answering'],
  [{ holder: ines }, 'Ines is answering'],
  [{ holder: you, open: false, closed: closedBy('Mara', true) }, 'Closed by you'],
  [{ holder: you, open: false, closed: closedBy('Ines') }, 'Closed by Ines'],
  [{ holder: bot, open: false, closed: closedBy(null) }, 'Closed by a former member'],
  [{ holder: bot, open: false }, 'Closed'],
])('%j: %s', (held, words) => {
  expect(holderWords({ open: true, closed: null, botOn: true, ...held })).toBe(words);
});

test.each([
  [null, ''],
  ['start', 'from the start, once the lead writes'],
  [{ number: 2, of: 6, title: 'Name' }, 'at step 2 of 6, “Name”'],
] as const)('the bot at %j: %s', (step, words) => {
  expect(botWords(step)).toBe(words);
});

test.each([
  [true, you, true, null],
  [true, bot, true, 'Sending takes over from the bot.'],
  [true, bot, false, 'Sending makes it yours.'],
  [true, nobody, true, 'Sending makes it yours.'],
  [false, you, true, 'Sending opens the conversation again.'],
  [false, bot, true, 'Sending opens the conversation again and takes over from the bot.'],
] as const)('open %s, held by %j, bot on %s: %s', (open, holder, botOn, words) => {
  expect(sendingWords({ open, holder, botOn })).toBe(words);
});
