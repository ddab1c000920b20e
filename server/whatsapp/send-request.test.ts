import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendRequest } from './send-request.ts';

const phone = { kind: 'phone', raw: '16505551234' } as const;
const id = '01900000-0000-7000-8000-000000000000';

test('a text goes to a number with its plus, and our id goes along', () => {
  expect(sendRequest(phone, { kind: 'text', body: 'Hi' }, id)).toEqual({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '+16505551234',
    type: 'text',
    text: { body: 'Hi', preview_url: false },
    biz_opaque_callback_data: id,
  });
});

test('a user id goes into a field of its own, never into the number’s', () => {
  const body = sendRequest({ kind: 'bsuid', raw: 'US.1349' }, { kind: 'text', body: 'Hi' }, id);
  expect(body).toMatchObject({ recipient: 'US.1349' });
  expect(body).not.toHaveProperty('to');
});

test('buttons are replies with ids and titles', () => {
  const buttons = [{ id: 'yes', title: 'Yes' }];
  expect(sendRequest(phone, { kind: 'buttons', body: 'Well?', buttons }, id)).toMatchObject({
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Well?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
    },
  });
});

test('any text survives being written down', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const body = JSON.parse(JSON.stringify(sendRequest(phone, { kind: 'text', body: text }, id)));
      return body.text.body === text;
    }),
  );
});
