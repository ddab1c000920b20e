import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InboundEvent, WebhookEvent } from './events.ts';
import { parseWebhook } from './parse-webhook.ts';

const arrival = new Date('2026-11-24T10:00:00.400Z');
const stamp = String(Math.floor(arrival.getTime() / 1000) - 60);
const bsuid = 'US.13491208655302741918';
const alex = { profile: { name: 'Alex Lind', username: '@alex.lind' }, wa_id: '16505551234', user_id: bsuid };

const parse = (body: string | Uint8Array) => parseWebhook(Buffer.from(body), arrival);
const change = (value: object, field = 'messages') => ({
  field,
  value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '1065' }, ...value },
});
const envelope = (...changes: unknown[]) =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: 'waba', changes }] });
const inMessages = (messages: unknown, contacts: unknown = [alex]) =>
  parse(envelope(change({ messages, contacts })));
const message = (part: object) => ({ from: '16505551234', id: 'wamid.A', timestamp: stamp, ...part });
const text = (body: string, part: object = {}) => message({ type: 'text', text: { body }, ...part });
const one = (part: object, contacts: unknown = [alex]) => inMessages([message(part)], contacts)[0];

function asMessage(event: WebhookEvent | undefined): InboundEvent {
  if (event?.type !== 'message') throw new Error(`this is ${event?.type}`);
  return event;
}

describe('a notice about the person', () => {
  const system = (part: object, more: object = {}) =>
    asMessage(one({ type: 'system', system: { body: 'User Alex changed', ...part }, ...more }, []));

  test('who has another number is that one from now on, and had the other', () => {
    const event = system({ type: 'user_changed_number', wa_id: '12195555358', user_id: 'US.2' });
    expect(event).toMatchObject({ kind: 'system', formerPhone: '16505551234' });
    expect(event.person).toMatchObject({ phone: '12195555358', bsuid: 'US.2' });
  });

  test('who has another business-scoped id keeps the number', () => {
    const event = system({ type: 'user_changed_user_id', user_id: 'US.2' });
    expect(event.person).toMatchObject({ phone: '16505551234', bsuid: 'US.2' });
    expect(event.formerPhone).toBeUndefined();
  });

  test.each([
    { type: 'user_changed_number' },
    { type: 'user_changed_number', wa_id: 'nonsense' },
    { type: 'user_changed_number', wa_id: '16505551234' },
    { type: 'customer_identity_changed', wa_id: '12195555358' },
  ])('that tells no other number (%j) changes nobody', (part) => {
    expect(system(part).person.phone).toBe('16505551234');
    expect(system(part).formerPhone).toBeUndefined();
  });
});

test('a text is read with who wrote it, when, and on which number', () => {
  expect(inMessages([text('Does it come in another colour?')])).toEqual([
    {
      type: 'message',
      phoneNumberId: '1065',
      person: { phone: '16505551234', bsuid, name: 'Alex Lind', username: 'alex.lind' },
      wamid: 'wamid.A',
      at: new Date('2026-11-24T09:59:00.999Z'),
      kind: 'text',
      body: 'Does it come in another colour?',
      content: null,
      quotedWamid: null,
    },
  ]);
});

describe('every kind of message has a kind and a body', () => {
  const media = { mime_type: 'image/jpeg', sha256: 'x=', id: '42', url: 'https://lookaside.fbsbx.com/x' };
  test.each([
    ['image', { image: { ...media, caption: 'My roof' } }, 'image', 'My roof'],
    ['video', { video: media }, 'video', ''],
    ['audio', { audio: { ...media, voice: true } }, 'audio', ''],
    [
      'document',
      { document: { ...media, filename: 'offer.pdf', caption: 'See page 2' } },
      'document',
      'See page 2 · offer.pdf',
    ],
    ['sticker', { sticker: { ...media, animated: false } }, 'sticker', ''],
    ['location', { location: { latitude: 1.5, longitude: 2, name: 'Home' } }, 'location', 'Home'],
    ['contacts', { contacts: [{ name: { formatted_name: 'Jo' }, phones: [] }] }, 'contacts', 'Jo'],
    ['reaction', { reaction: { message_id: 'wamid.B', emoji: '👍' } }, 'reaction', '👍'],
    ['reaction', { reaction: { message_id: 'wamid.B' } }, 'reaction', ''],
    ['order', { order: { catalog_id: '1', product_items: [] } }, 'order', ''],
    [
      'system',
      { system: { body: 'User A changed', type: 'user_changed_number' } },
      'system',
      'User A changed',
    ],
    ['unsupported', { errors: [{ code: 131051 }], unsupported: { type: 'poll' } }, 'unsupported', ''],
    ['edit', { edit: { original_message_id: 'wamid.B', message: {} } }, 'edit', ''],
    ['revoke', { revoke: { original_message_id: 'wamid.B' } }, 'revoke', ''],
    ['request_welcome', {}, 'request_welcome', ''],
    ['button', { button: { payload: 'yes', text: 'Yes please' } }, 'button_reply', 'Yes please'],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'q', title: 'Quote' } } },
      'button_reply',
      'Quote',
    ],
    [
      'interactive',
      { interactive: { type: 'list_reply', list_reply: { id: 'l', title: 'Large' } } },
      'list_reply',
      'Large',
    ],
    [
      'interactive',
      { interactive: { type: 'nfm_reply', nfm_reply: { response_json: 'not JSON' } } },
      'interactive',
      '',
    ],
    ['interactive', { interactive: { type: 'call_permission_reply' } }, 'interactive', ''],
    ['interactive', { errors: [{ code: 131000 }] }, 'interactive', ''],
    ['hologram', { hologram: { caption: 'New in 2030' } }, 'hologram', 'New in 2030'],
    ['text', { text: { body: 42 } }, 'text', ''],
    ['text', {}, 'text', ''],
    ['__proto__', {}, '__proto__', ''],
    ['constructor', {}, 'constructor', ''],
    ['toString', {}, 'toString', ''],
  ])('%s %j', (type, part, kind, body) => {
    expect(one({ type, ...part })).toMatchObject({ type: 'message', kind, body });
  });

  test('what has no bubble yet is kept whole', () => {
    const location = { latitude: 1.5, longitude: 2 };
    expect(asMessage(one({ type: 'location', location })).content).toMatchObject({
      type: 'location',
      location,
    });
  });

  test('a tapped button tells its id, a template’s button its payload, or its text where there is none', () => {
    const reply = { type: 'button_reply', button_reply: { id: 'quote', title: 'Quote' } };
    expect(asMessage(one({ type: 'interactive', interactive: reply })).content).toMatchObject({
      id: 'quote',
    });
    expect(asMessage(one({ type: 'button', button: { payload: 'p', text: 'T' } })).content).toEqual({
      id: 'p',
    });
    expect(asMessage(one({ type: 'button', button: { text: 'T' } })).content).toEqual({ id: 'T' });
  });

  test('a reply names what it answers; something forwarded names nothing', () => {
    expect(asMessage(one({ type: 'text', context: { from: '1', id: 'wamid.Q' } })).quotedWamid).toBe(
      'wamid.Q',
    );
    expect(asMessage(one({ type: 'text', context: { forwarded: true } })).quotedWamid).toBeNull();
  });
});

describe('who wrote', () => {
  test.each([
    ['a number alone', { from: '16505551234' }, [], '16505551234', null],
    ['a user id alone', { from: undefined, from_user_id: bsuid }, [{ user_id: bsuid }], null, bsuid],
    ['a user id in the place of the number', { from: bsuid }, [{ wa_id: bsuid }], null, bsuid],
    ['both', { from: '16505551234', from_user_id: bsuid }, [], '16505551234', bsuid],
    ['a number, and the user id beside the name', { from: '16505551234' }, [alex], '16505551234', bsuid],
    ['a number with a plus', { from: '+16505551234' }, [], '16505551234', null],
    ['an empty number', { from: '', from_user_id: bsuid }, [], null, bsuid],
  ])('%s', (_, part, contacts, phone, id) => {
    const event = inMessages([{ id: 'wamid.A', type: 'text', text: { body: 'x' }, ...part }], contacts)[0];
    expect(asMessage(event).person).toMatchObject({ phone, bsuid: id });
  });

  test.each([
    ['no profile', [{ wa_id: '16505551234' }]],
    ['no contacts', null],
    ['contacts that are none', 'Alex'],
    ['a profile that is none', [{ wa_id: '16505551234', profile: 'Alex' }]],
    ['a name that is none', [{ wa_id: '16505551234', profile: { name: 7 } }]],
  ])('%s costs the name only', (_, contacts) => {
    expect(asMessage(one({ type: 'text' }, contacts)).person).toMatchObject({
      phone: '16505551234',
      name: null,
    });
  });

  test('each of several messages finds its own person', () => {
    const bo = { wa_id: '221775550142', profile: { name: 'Bo' } };
    const events = inMessages([text('a'), text('b', { from: '221775550142', id: 'wamid.B' })], [bo, alex]);
    expect(events.map((event) => asMessage(event).person.name)).toEqual(['Alex Lind', 'Bo']);
  });

  test.each([
    ['nobody', { from: undefined }],
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['an endless id', { id: `wamid.${'x'.repeat(1000)}` }],
    ['no type', { type: undefined }],
  ])('a message with %s is set aside, and only that one', (_, part) => {
    const events = inMessages(
      [text('before', { id: 'wamid.1' }), { ...text('odd'), ...part }, text('after', { id: 'wamid.2' })],
      [],
    );
    expect(events.map((event) => (event.type === 'odd' ? event.reason : event.type))).toEqual([
      'message',
      'unreadable',
      'message',
    ]);
  });

  test('a group’s message is set aside as such', () => {
    expect(one({ type: 'text', group_id: 'G1' })).toMatchObject({ type: 'odd', reason: 'group-message' });
  });
});

describe('news of what we sent', () => {
  const status = (part: object) =>
    parse(
      envelope(change({ statuses: [{ id: 'wamid.S', timestamp: stamp, recipient_id: '1650', ...part }] })),
    )[0];

  test.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
    ['failed', 'failed'],
  ])('%s is %s', (word, rung) => {
    expect(status({ status: word })).toMatchObject({ type: 'status', wamid: 'wamid.S', rung });
  });

  test.each(['deleted', 'SENT', '', '__proto__', 'constructor', 7, null, undefined])(
    '%s is set aside',
    (word) => {
      expect(status({ status: word })).toMatchObject({ type: 'odd', reason: 'unreadable' });
    },
  );

  test('a failure tells its code, title and details', () => {
    const errors = [{ code: 131049, title: 'T', message: 'M', error_data: { details: 'D' } }];
    expect(status({ status: 'failed', errors })).toMatchObject({
      failure: { code: 131049, title: 'T', details: 'D' },
    });
  });

  test.each([[undefined], [[]], ['x'], [[null]], [[{ code: 'abc' }]], [[{ error_data: 7 }]]])(
    'a failure whose reason is %j is one all the same',
    (errors) => {
      expect(status({ status: 'failed', errors })).toMatchObject({ rung: 'failed', failure: { code: null } });
    },
  );

  test('what we gave along comes back, and a reason only with a failure', () => {
    expect(status({ status: 'sent', biz_opaque_callback_data: 'ours', errors: [{ code: 1 }] })).toMatchObject(
      {
        callbackData: 'ours',
        failure: null,
      },
    );
  });

  test('milliseconds are understood, nonsense is the arrival', () => {
    expect(status({ status: 'sent', timestamp: `${stamp}123` })).toMatchObject({
      at: new Date(Number(`${stamp}123`)),
    });
    expect(status({ status: 'sent', timestamp: 'soon' })).toMatchObject({ at: arrival });
  });
});

describe('text that PostgreSQL cannot hold stays readable', () => {
  const bodyOf = (escaped: string) => {
    const source = envelope(change({ messages: [text('BODY')], contacts: [] })).replace('BODY', escaped);
    return asMessage(parse(source)[0]).body;
  };
  test.each([
    ['NUL', 'a\\u0000b', 'a\uFFFDb'],
    ['half a pair, the high one', 'a\\ud83db', 'a\uFFFDb'],
    ['half a pair, the low one', 'a\\uDE00b', 'a\uFFFDb'],
    ['two high ones', '\\ud83d\\ud83d', '\uFFFD\uFFFD'],
    ['a pair the wrong way round', '\\ude00\\ud83d', '\uFFFD\uFFFD'],
    ['a high one before a pair', '\\ud83d\\ud83d\\ude00', '\uFFFD😀'],
    ['an escaped emoji', '\\ud83d\\ude00', '😀'],
    ['an escaped emoji in capitals', '\\uD83D\\uDE00', '😀'],
    ['an escaped backslash before what looks like NUL', '\\\\u0000', '\\u0000'],
    ['both', '\\\\\\u0000', '\\\uFFFD'],
    ['escaped letters', '\\u00e4\\u00f6 \\/', 'äö /'],
    ['raw emoji and families', '😀 👨‍👩‍👧 ❤️', '😀 👨‍👩‍👧 ❤️'],
  ])('%s', (_, escaped, read) => {
    expect(bodyOf(escaped)).toBe(read);
  });

  test('in names of fields and in depth, too', () => {
    const source = envelope(change({ messages: [message({ type: 'order', order: { KEY: ['VALUE'] } })] }));
    const event = asMessage(parse(source.replace('KEY', 'k\\u0000').replace('VALUE', '\\ud800'))[0]);
    expect(event.content).toMatchObject({ order: { 'k\uFFFD': ['\uFFFD'] } });
  });

  test('bytes that are no UTF-8 cost the letters they stand for', () => {
    const source = Buffer.from(envelope(change({ messages: [text('a?b')], contacts: [] })));
    source[source.indexOf('?')] = 0xff;
    expect(asMessage(parse(source)[0]).body).toBe('a\uFFFDb');
  });

  test('a message beside endless depth is read', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const source = envelope(
      change({ messages: [message({ type: 'order', order: 'DEEP' }), text('A\\ud800', { id: 'wamid.2' })] }),
    );
    const events = parse(source.replace('"DEEP"', deep).replace('\\\\ud800', '\\ud800'));
    expect(events.map(({ type }) => type)).toEqual(['odd', 'message']);
  });
});

describe('what is nothing that we know is kept', () => {
  test.each([
    ['no JSON', 'hello', 'not-json'],
    ['nothing', '', 'not-json'],
    ['half of one', '{"object":', 'not-json'],
    ['a list', '[]', 'unknown-object'],
    ['null', 'null', 'unknown-object'],
    ['another product’s', '{"object":"instagram","entry":[]}', 'unknown-object'],
    ['one without entries', '{"object":"whatsapp_business_account"}', 'unreadable'],
    ['entries that are no list', '{"object":"whatsapp_business_account","entry":{}}', 'unreadable'],
    ['an entry that is none', '{"object":"whatsapp_business_account","entry":[7]}', 'unreadable'],
    ['an entry without changes', '{"object":"whatsapp_business_account","entry":[{"id":"1"}]}', 'unreadable'],
    ['a change that is none', envelope(null), 'unreadable'],
    ['a change without a value', envelope({ field: 'messages' }), 'unreadable'],
    ['neither messages nor statuses', envelope(change({ errors: [{ code: 130429 }] })), 'unreadable'],
    ['messages that are no list', envelope(change({ messages: { 0: {} } })), 'unreadable'],
    ['no number', envelope({ field: 'messages', value: { messages: [text('x')] } }), 'unreadable'],
    [
      'a field that we have no use for',
      envelope(change({ event: 'APPROVED' }, 'message_template_status_update')),
      'unhandled-field',
    ],
    ['a field nobody knows', envelope(change({ messages: [text('x')] }, 'holograms')), 'unhandled-field'],
  ])('%s', (_, source, reason) => {
    expect(parse(source)).toMatchObject([{ type: 'odd', reason }]);
  });

  test('what is no JSON keeps its bytes', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b]);
    expect(parse(bytes)).toMatchObject([{ reason: 'not-json', part: bytes }]);
  });

  test('a field before or behind its value, and a change beside an odd one, make no difference', () => {
    const { field, value } = change({ messages: [text('x')] });
    expect(parse(envelope({ field, value }))).toEqual(parse(envelope({ value, field })));
    expect(parse(envelope(7, change({ messages: [text('x')] }))).map(({ type }) => type)).toEqual([
      'odd',
      'message',
    ]);
  });

  test('messages and statuses of one change are all read, in order', () => {
    const statuses = [{ id: 'wamid.S', status: 'sent', timestamp: stamp }];
    const events = parse(envelope(change({ messages: [text('a'), text('a')], statuses })));
    expect(events.map(({ type }) => type)).toEqual(['message', 'message', 'status']);
  });
});

describe('however large it is', () => {
  test('three megabytes of empty messages and people are read in one pass', () => {
    const many = 400_000;
    const nothing = Array.from({ length: many }, () => ({}));
    const events = inMessages(nothing, nothing);
    expect(events).toHaveLength(many);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['odd']));
  });

  test('a thousand messages of a thousand people each find theirs', () => {
    const people = Array.from({ length: 1000 }, (_, index) => String(49_000_000_000 + index));
    const events = inMessages(
      people.map((from, index) => text('x', { from, id: `wamid.${index}` })),
      people.map((wa_id) => ({ wa_id, profile: { name: `Name of ${wa_id}` } })),
    );
    expect(events.map((event) => asMessage(event).person.name)).toEqual(
      people.map((from) => `Name of ${from}`),
    );
  });
});

describe('whatever comes', () => {
  test('any bytes are answered with something', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (body) => parseWebhook(body, arrival).length > 0),
    );
  });

  test('any JSON is answered with something', () => {
    fc.assert(fc.property(fc.json(), (body) => parse(body).length > 0));
  });

  const anything = fc.jsonValue({ maxDepth: 4 });
  const maybe = (value: fc.Arbitrary<unknown>) => fc.option(fc.oneof(value, anything), { nil: undefined });
  const word = fc.oneof(
    fc.constantFrom('text', 'image', 'interactive', 'system', '__proto__', 'constructor'),
    fc.string(),
  );
  const odd = fc.record({
    from: maybe(fc.constantFrom('16505551234', bsuid)),
    id: maybe(fc.string()),
    type: maybe(word),
    text: maybe(fc.record({ body: fc.string({ unit: 'binary' }) })),
    interactive: anything,
    context: anything,
    timestamp: maybe(fc.constant(stamp)),
    group_id: maybe(fc.string()),
  });

  test('every message of a list has its own answer, be it what it may', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(odd, anything), { minLength: 1 }),
        fc.oneof(fc.array(anything), anything),
        (messages, contacts) => {
          const events = inMessages(messages, contacts);
          return events.length === messages.length;
        },
      ),
    );
  });

  test('every status of a list has its own answer, be it what it may', () => {
    const status = fc.record({
      id: maybe(fc.string()),
      status: maybe(word),
      errors: anything,
      timestamp: anything,
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(status, anything), { minLength: 1 }), (statuses) => {
        return parse(envelope(change({ statuses }))).length === statuses.length;
      }),
    );
  });
});
