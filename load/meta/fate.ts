import { titleOf } from './error-codes.ts';

/** A recipient whose number ends in one of these gets `failed` with that code. */
const failing = [131026, 131049, 131050, 130472, 131053, 131042] as const;

const details: Readonly<Record<number, string>> = {
  131026: 'Message Undeliverable.',
  131042: 'Message failed to send because there were one or more errors related to your payment method.',
  131049: 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
  131050: 'Recipient has stopped receiving marketing messages on WhatsApp from your business.',
  131053: 'Failed to download the media from the sender, or its type is not supported.',
  130472: "Failed to send message because this user's phone number is part of an experiment.",
};

/** The code a number stands for, if it ends in one. */
export function failureOfNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : failing.find((code) => digits.endsWith(String(code)));
}

/** A failure as a status tells it. */
export function statusError(code: number) {
  const title = titleOf(code);
  return {
    code,
    title,
    message: title,
    error_data: { details: details[code] ?? title },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}
