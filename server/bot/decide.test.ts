import { describe, expect, test } from 'vitest';
import { demoScript } from '#prisma/demo-script.ts';
import { decide, type OpenConversation } from './decide.ts';

const now = new Date('2026-11-24T10:00:00Z');
const version = (id: string, business: string) => ({ id, script: demoScript(business) });
const scripts = { versionFor: () => version('v1', 'Acme') };

const conversation = (texts: string[], part: Partial<OpenConversation> = {}): OpenConversation => ({
  ...{
    tenantId: 't',
    conversationId: 'c',
    channelId: 'h',
    holder: 'bot',
    botOn: true,
    suspended: false,
    hasHeld: false,
  },
  ...{ lastAt: now, windowClosesAt: new Date(now.getTime() + 1), leadName: 'Alex', run: null },
  ...{ newestVersionId: 'v1', consent: 'unknown', blocked: false },
  business: { name: 'Acme', language: 'en' },
  messages: texts.map((body, index) => ({ id: `m${index}`, body, replyId: null })),
  ...part,
});
const outcomes = (given: OpenConversation, known = scripts) =>
  decide(given, known, now).turns.map(({ outcome, replies }) => `${outcome} ${replies}`);

test('each message is decided once, in order, and the run goes with them', () => {
  const decision = decide(conversation(['Hi', 'quote', 'Ana']), scripts, now);
  expect(
    decision.turns.map(({ messageId, stepBefore, stepAfter }) => [messageId, stepBefore, stepAfter]),
  ).toEqual([
    ['m0', null, 'welcome'],
    ['m1', 'welcome', 'name'],
    ['m2', 'name', 'more'],
  ]);
  expect(decision.says).toHaveLength(4);
  expect(decision.run).toMatchObject({ step: 'more', answers: { Name: 'Ana' }, scriptVersionId: 'v1' });
});

describe('the bot is silent, and says why', () => {
  test.each([
    ['when a member has it', { holder: 'member' }, ['held 0', 'held 0'], false],
    ['when nobody has it', { holder: 'nobody' }, ['held 0', 'held 0'], false],
    ['when the tenant is suspended', { suspended: true }, ['tenant-suspended 0', 'held 0'], true],
    ['when it is switched off', { botOn: false }, ['bot-off 0', 'held 0'], true],
    [
      'in the millisecond in which the window closes',
      { windowClosesAt: now },
      ['window-closed 0', 'held 0'],
      true,
    ],
    ['when the window is unknown', { windowClosesAt: null }, ['window-closed 0', 'held 0'], true],
  ])('%s', (_, part, said, handedOver) => {
    const given = conversation(['Hi', 'Hello?'], part);
    expect(outcomes(given)).toEqual(said);
    expect(decide(given, scripts, now)).toMatchObject({ says: [], run: null, handedOver });
  });

  test('when no script is live', () => {
    const given = conversation(['Hi', 'Hello?']);
    expect(outcomes(given, { versionFor: () => undefined as never })).toEqual(['bot-off 0', 'held 0']);
  });

  test('after it has handed over, to what was written meanwhile', () => {
    const given = conversation(['a person please', 'are you there?']);
    expect(outcomes(given)).toEqual(['handed-over 1', 'held 0']);
    expect(decide(given, scripts, now).handedOver).toBe(true);
  });
});

test('it speaks until the last millisecond of the window', () => {
  expect(outcomes(conversation(['Hi'], { windowClosesAt: new Date(now.getTime() + 1) }))).toEqual([
    'answered 1',
  ]);
});
