import { expect, test } from 'vitest';
import { checkMessage } from './check-message.ts';

const message = (more: object) => ({ messaging_product: 'whatsapp', to: '16505551234', ...more });
const text = (body: unknown, more: object = {}) => message({ type: 'text', text: { body }, ...more });
const button = (title: string, id = title) => ({ type: 'reply', reply: { id, title } });
const buttons = (all: unknown[], more: object = {}) =>
  message({
    type: 'interactive',
    interactive: { type: 'button', body: { text: 'Choose' }, action: { buttons: all }, ...more },
  });
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${from + index}`, title: `Row ${from + index}` }));
const list = (sections: unknown[], button = 'Open') =>
  message({
    type: 'interactive',
    interactive: { type: 'list', body: { text: 'Choose' }, action: { button, sections } },
  });
const link = (display_text: string, url = 'https://acme.example') =>
  message({
    type: 'interactive',
    interactive: {
      type: 'cta_url',
      body: { text: 'Look' },
      action: { name: 'cta_url', parameters: { display_text, url } },
    },
  });

test.each<[what: string, body: unknown, code: number, words: RegExp]>([
  ['no JSON', undefined, 100, /messaging_product is required/],
  ['an array', [], 100, /messaging_product is required/],
  ['another product', { ...text('a'), messaging_product: 'sms' }, 100, /messaging_product/],
  ['no recipient', { messaging_product: 'whatsapp', text: { body: 'a' } }, 100, /parameter to is required/],
  ['a recipient that is no number', text('a', { to: 'alex' }), 131009, /recipient/],
  ['a recipient of a few digits', text('a', { to: '123' }), 131009, /recipient/],
  ['a recipient that is an object', text('a', { to: { toString: 1 } }), 131009, /recipient/],
  ['a type that is an object', message({ type: { toString: 1 } }), 100, /type must be one of/],
  ['a recipient id that is none', text('a', { to: undefined, recipient: 'alex' }), 131009, /recipient/],
  ['an unknown type', message({ type: 'poem', poem: {} }), 100, /type must be one of/],
  ['a name of Object’s as type', message({ type: 'constructor' }), 100, /type must be one of/],
  ['no body for the type', message({ type: 'text' }), 131008, /'text' is mandatory/],
  ['a text without text', message({ type: 'text', text: {} }), 131008, /text\['body'\]/],
  ['an empty text', text(''), 100, /text\['body'\]/],
  ['a text that is a number', text(5), 131009, /text\['body'\]/],
  ['a text of 4097', text('x'.repeat(4097)), 100, /at most 4096/],
  [
    'an unknown key',
    message({ type: 'text', text: { body: 'a', bold: true } }),
    100,
    /Unexpected key .*bold/,
  ],
  ['callback data of 513', text('a', { biz_opaque_callback_data: 'x'.repeat(513) }), 100, /at most 512/],
  ['a context without message', text('a', { context: {} }), 131008, /context.message_id/],
  ['a context that is empty', text('a', { context: { message_id: '' } }), 131009, /message id/],
  ['a group', text('a', { recipient_type: 'group' }), 131009, /recipient_type/],
  ['no button', buttons([]), 131009, /buttons count/],
  ['four buttons', buttons(['a', 'b', 'c', 'd'].map((t) => button(t))), 131009, /buttons count/],
  ['a title of 21', buttons([button('x'.repeat(21), 'a')]), 131009, /title length/],
  ['an empty title', buttons([button('', 'a')]), 131009, /title length/],
  ['an id of 257', buttons([button('a', 'x'.repeat(257))]), 131009, /id length/],
  ['equal titles', buttons([button('Yes', 'a'), button('Yes', 'b')]), 131009, /unique/],
  ['equal ids', buttons([button('Yes', 'a'), button('No', 'a')]), 131009, /unique/],
  ['buttons without body', buttons([button('a')], { body: undefined }), 131008, /interactive\['body'\]/],
  ['a body of 1025', buttons([button('a')], { body: { text: 'x'.repeat(1025) } }), 131009, /Body text/],
  ['a footer of 61', buttons([button('a')], { footer: { text: 'x'.repeat(61) } }), 131009, /Footer/],
  [
    'a header of 61',
    buttons([button('a')], { header: { type: 'text', text: 'x'.repeat(61) } }),
    131009,
    /Header/,
  ],
  [
    'eleven rows',
    list([
      { title: 'A', rows: rows(6) },
      { title: 'B', rows: rows(5, 6) },
    ]),
    131009,
    /row count/,
  ],
  [
    'two sections, one untitled',
    list([{ title: 'A', rows: rows(1) }, { rows: rows(1, 1) }]),
    131009,
    /Section title/,
  ],
  ['a row title of 25', list([{ rows: [{ id: 'a', title: 'x'.repeat(25) }] }]), 131009, /Row title/],
  [
    'a description of 73',
    list([{ rows: [{ id: 'a', title: 'A', description: 'x'.repeat(73) }] }]),
    131009,
    /Row desc/,
  ],
  ['a list label of 21', list([{ rows: rows(1) }], 'x'.repeat(21)), 131009, /label/],
  ['an empty section', list([{ rows: [] }]), 131009, /at least one row/],
  ['a link label of 21', link('x'.repeat(21)), 131009, /Display text/],
  ['a link that is none', link('Open', 'acme'), 131009, /url/],
  [
    'an unknown interactive type',
    message({ type: 'interactive', interactive: { type: 'quiz' } }),
    131009,
    /type/,
  ],
  ['an image from nowhere', message({ type: 'image', image: { caption: 'a' } }), 131008, /image\['id'\]/],
  [
    'an image from two places',
    message({ type: 'image', image: { id: '1', link: 'https://a.example' } }),
    131009,
    /one/,
  ],
  ['an image link that is none', message({ type: 'image', image: { link: 'file:///a' } }), 131009, /link/],
  [
    'a caption of 1025',
    message({ type: 'image', image: { id: '1', caption: 'x'.repeat(1025) } }),
    131009,
    /Caption/,
  ],
  [
    'a caption for a voice',
    message({ type: 'audio', audio: { id: '1', caption: 'a' } }),
    100,
    /Unexpected key/,
  ],
  [
    'a place off the earth',
    message({ type: 'location', location: { latitude: 91, longitude: 0 } }),
    131009,
    /90/,
  ],
  ['no contacts', message({ type: 'contacts', contacts: [] }), 131009, /empty/],
  ['a reaction to nothing', message({ type: 'reaction', reaction: { emoji: '👍' } }), 131008, /message_id/],
  ['a template without language', message({ type: 'template', template: { name: 'a' } }), 131008, /language/],
  [
    'a template with a strange name',
    message({ type: 'template', template: { name: 'Ä', language: { code: 'en' } } }),
    131009,
    /name/,
  ],
  [
    'an unknown status',
    { messaging_product: 'whatsapp', status: 'seen', message_id: 'wamid.a' },
    100,
    /READ/,
  ],
  ['a receipt for nothing', { messaging_product: 'whatsapp', status: 'read' }, 100, /message_id/],
])('%s is refused', (_what, body, code, words) => {
  const verdict = checkMessage(body);
  expect(verdict).toMatchObject({ kind: 'refused', refusal: { status: 400, body: { error: { code } } } });
  expect(JSON.stringify(verdict)).toMatch(words);
});

test.each<[what: string, body: unknown]>([
  ['a text without type', message({ text: { body: 'Hello', preview_url: true } })],
  ['a text of 4096 faces', text('🙂'.repeat(4096))],
  ['a written number', text('a', { to: '+1 (650) 555-1234' })],
  ['a reply', text('a', { context: { message_id: 'wamid.HBgL' } })],
  ['three buttons', buttons([button('a'), button('b'), button('🙂'.repeat(20), 'c')])],
  [
    'an image above',
    buttons([button('a')], { header: { type: 'image', image: { link: 'https://a.example' } } }),
  ],
  [
    'ten rows',
    list([
      { title: 'A', rows: rows(5) },
      { title: 'B', rows: rows(5, 5) },
    ]),
  ],
  ['one section without title', list([{ rows: rows(10) }])],
  ['a link', link('Open')],
  ['a local image', message({ type: 'image', image: { link: 'http://127.0.0.1:3000/a.png', caption: 'a' } })],
  ['a voice note', message({ type: 'audio', audio: { id: '1', voice: true } })],
  ['a file', message({ type: 'document', document: { id: '1', filename: 'a.pdf', caption: 'a' } })],
  ['a sticker', message({ type: 'sticker', sticker: { id: '1' } })],
  ['a place', message({ type: 'location', location: { latitude: '37.7', longitude: -122.4, name: 'HQ' } })],
  [
    'a contact',
    message({ type: 'contacts', contacts: [{ name: { formatted_name: 'Jo', first_name: 'Jo' } }] }),
  ],
  ['a reaction taken back', message({ type: 'reaction', reaction: { message_id: 'wamid.a', emoji: '' } })],
  [
    'a template',
    message({ type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } }),
  ],
  ['a flow', message({ type: 'interactive', interactive: { type: 'flow', action: { name: 'flow' } } })],
])('%s is taken', (_what, body) => {
  expect(checkMessage(body)).toMatchObject({ kind: 'message', to: '16505551234' });
});

test('the number wins over the business-scoped id', () => {
  expect(checkMessage(text('a', { recipient: 'US.1349' }))).toMatchObject({
    to: '16505551234',
    by: 'number',
  });
  expect(checkMessage(text('a', { to: undefined, recipient: 'US.1349' }))).toMatchObject({
    to: 'US.1349',
    by: 'user-id',
  });
});
