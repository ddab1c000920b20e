import { expect, test } from 'vitest';
import { conversationIn, conversationPath, inboxPath } from './paths.ts';

test('a conversation is found in its address', () => {
  expect(conversationIn(conversationPath('acme', '01a2'))).toBe('01a2');
  expect(conversationIn(inboxPath('acme'))).toBeNull();
  expect(conversationIn('/t/acme/inbox/01a2/more')).toBeNull();
  expect(conversationIn('/t/acme/leads/01a2')).toBeNull();
});
