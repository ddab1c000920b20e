/**
 * What to do about Meta's error codes (Cloud API error codes, 2026):
 * retry: passing trouble, soon again · slow: a rate limit, later and slower · pair: too many to this one person ·
 * never: this message cannot go as it is · recipient: this person cannot be reached · account: the number or its
 * token needs its owner.
 */
export type FailureClass = 'retry' | 'slow' | 'pair' | 'never' | 'recipient' | 'account';

type Advice = { class: FailureClass; title: string; remedy: string };

const token = {
  title: 'WhatsApp no longer accepts the access token',
  remedy: 'Give the channel a new token.',
};
const permission = {
  title: 'The token may not use this number',
  remedy: 'Check its permissions in Meta’s settings.',
};
const busy = { title: 'WhatsApp had a passing problem', remedy: 'Send it again in a minute.' };
const fast = {
  title: 'Too many messages in a short time',
  remedy: 'Wait a few minutes, then send it again.',
};
const wrong = { title: 'WhatsApp does not take this message', remedy: 'Change it, then send it again.' };

/** Meta's code for: the person has stopped what businesses begin. */
export const stoppedMarketing = 131050;

const advice = new Map<number, Advice>([
  [0, { class: 'account', ...token }],
  [190, { class: 'account', ...token }],
  [3, { class: 'account', ...permission }],
  [10, { class: 'account', ...permission }],
  [131005, { class: 'account', ...permission }],
  [
    368,
    {
      class: 'account',
      title: 'Meta has blocked this number for a while',
      remedy: 'See the notices in WhatsApp Manager.',
    },
  ],
  [
    131031,
    {
      class: 'account',
      title: 'Meta has locked this account',
      remedy: 'See the notices in WhatsApp Manager.',
    },
  ],
  [
    131037,
    {
      class: 'account',
      title: 'The display name is not approved yet',
      remedy: 'Finish it in WhatsApp Manager.',
    },
  ],
  [
    131042,
    {
      class: 'account',
      title: 'There is a payment problem with this account',
      remedy: 'Check the payment method in Meta’s billing settings.',
    },
  ],
  [
    131045,
    {
      class: 'account',
      title: 'This number’s registration has a problem',
      remedy: 'Register the number again.',
    },
  ],
  [133010, { class: 'account', title: 'This number is not registered', remedy: 'Register the number.' }],
  [33, { class: 'account', title: 'This number no longer exists', remedy: 'Connect another number.' }],
  [1, { class: 'retry', ...busy }],
  [2, { class: 'retry', ...busy }],
  [131000, { class: 'retry', ...busy }],
  [131016, { class: 'retry', ...busy }],
  [131057, { class: 'retry', ...busy }],
  [133004, { class: 'retry', ...busy }],
  [2494100, { class: 'retry', ...busy }],
  [4, { class: 'slow', ...fast }],
  [17, { class: 'slow', ...fast }],
  [32, { class: 'slow', ...fast }],
  [613, { class: 'slow', ...fast }],
  [80007, { class: 'slow', ...fast }],
  [130429, { class: 'slow', ...fast }],
  [
    131056,
    {
      class: 'pair',
      title: 'Too many messages to this person in a short time',
      remedy: 'Wait a minute, then send it again.',
    },
  ],
  [100, { class: 'never', ...wrong }],
  [131008, { class: 'never', ...wrong }],
  [131009, { class: 'never', ...wrong }],
  [131051, { class: 'never', ...wrong }],
  [135000, { class: 'never', ...wrong }],
  [131021, { class: 'never', title: 'A number cannot write to itself', remedy: 'Choose another person.' }],
  [
    131030,
    {
      class: 'never',
      title: 'A test number reaches only five listed people',
      remedy: 'Add this person to the list in Meta’s app.',
    },
  ],
  [
    131047,
    {
      class: 'never',
      title: 'More than 24 hours since this person wrote',
      remedy: 'Wait until they write again.',
    },
  ],
  [
    131048,
    {
      class: 'never',
      title: 'WhatsApp limits this number because people reported it',
      remedy: 'Wait some hours and write less.',
    },
  ],
  [131053, { class: 'never', title: 'WhatsApp could not take the file', remedy: 'Check its type and size.' }],
  [
    131062,
    {
      class: 'never',
      title: 'This kind of message needs a phone number',
      remedy: 'Ask the person for their number.',
    },
  ],
  [
    130472,
    {
      class: 'recipient',
      title: 'Meta holds back messages to this person',
      remedy: 'Reach them in another way.',
    },
  ],
  [
    130497,
    {
      class: 'recipient',
      title: 'This number may not write to that country',
      remedy: 'Reach them in another way.',
    },
  ],
  [
    131026,
    {
      class: 'recipient',
      title: 'This number is not on WhatsApp or cannot be reached',
      remedy: 'Check the number, or reach them in another way.',
    },
  ],
  [
    131049,
    {
      class: 'recipient',
      title: 'Meta held it back to protect this person from too many messages',
      remedy: 'Wait a day, then try again.',
    },
  ],
  [
    stoppedMarketing,
    {
      class: 'recipient',
      title: 'This person has stopped marketing messages',
      remedy: 'Send no marketing to them.',
    },
  ],
]);

/** What a code means and what to do; one that is not in the table is told with Meta's own words beside it. */
export function adviceFor(code: number | null, httpStatus?: number): Advice {
  const known = code === null ? undefined : advice.get(code);
  if (known) return known;
  if (code !== null && code >= 200 && code <= 299) return { class: 'account', ...permission };
  if (httpStatus === 429) return { class: 'slow', ...fast };
  if (httpStatus !== undefined && httpStatus >= 500) return { class: 'retry', ...busy };
  return {
    class: 'never',
    title: 'WhatsApp refused this message',
    remedy: 'See what it said, then try again.',
  };
}
