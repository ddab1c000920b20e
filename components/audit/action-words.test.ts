import { expect, test } from 'vitest';
import { areaWords, deedWords, detailWords } from './action-words.ts';

test.each([
  ['member.removed', 'Mara (mara@acme.example)', 'removed Mara (mara@acme.example)'],
  ['member.invited-again', 'a@b.example', 'sent the invitation to a@b.example again'],
  ['member.joined', 'Mara', 'joined'],
  ['audit.exported', null, 'exported the audit log'],
  ['channel.connected', null, 'connected the number'],
  ['some-thing.was-done', 'to it', 'some thing: was done to it'],
  ['strange', null, 'strange: '],
])('%s of %s reads “%s”', (action, subject, words) => {
  expect(deedWords(action, subject)).toBe(words);
});

test.each([
  [{ from: 'agent', to: 'admin' }, 'from: agent, to: admin'],
  [{ bot: true, key: null, days: 7, own: false }, 'bot: yes, days: 7, own: no'],
  [{ inUse: false, activeConversations: '5 → 6' }, 'in use: no, active conversations: 5 → 6'],
  [{}, ''],
])('%j reads “%s”', (details, words) => {
  expect(detailWords(details)).toBe(words);
});

test.each([
  ['member', 'Members'],
  ['second-factor', 'Second factor'],
])('what begins with %s is called %s', (area, words) => {
  expect(areaWords(area)).toBe(words);
});
