import type { MetaNumber, MetaPerson } from './world.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The envelope of a `messages` webhook for one number. `value` holds `messages` or `statuses`, and `contacts`. */
export function messagesPayload(number: MetaNumber, value: Fields): Fields {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: number.wabaId,
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: {
                display_phone_number: number.displayPhoneNumber,
                phone_number_id: number.phoneNumberId,
              },
              ...value,
            },
            field: 'messages',
          },
        ],
      },
    ],
  };
}

/** Somebody as webhooks introduce them; `wa_id` is left out for who has no number to show. */
export function contactOf(person: MetaPerson): Fields {
  return {
    profile: { name: person.name, ...(person.username && { username: person.username }) },
    ...(person.waId && { wa_id: person.waId }),
    user_id: person.userId,
  };
}
