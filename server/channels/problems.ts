import {
  askForReview,
  asSentences,
  assignAccount,
  copySecret,
  makeToken,
  removeNumbersCallback,
  seeLiveMode,
  seeManager,
  writeLess,
} from './remedies.ts';

/** well · warning: works, but look at it · broken: messages are lost or not sent until somebody mends it. */
export type HealthState = 'unknown' | 'well' | 'warning' | 'broken';

type Words = { state: 'warning' | 'broken'; title: string; remedy: string };

/** What can be wrong with a channel, in words for who has to mend it, with where to do it. The worst come first. */
export const problems = {
  unreachable: {
    state: 'warning',
    title: 'Meta cannot be reached',
    remedy:
      'Nothing is known about the number until Meta answers. It is asked again by itself; messages that wait are sent then.',
  },
  'token-expired': {
    state: 'broken',
    title: 'The access token has expired',
    remedy: asSentences(...makeToken(), 'Then choose Replace token here.'),
  },
  'token-wrong': {
    state: 'broken',
    title: 'Meta does not accept the access token',
    remedy: asSentences(
      'It was withdrawn, or is not the whole token.',
      ...makeToken(),
      'Then choose Replace token here.',
    ),
  },
  'secret-wrong': {
    state: 'broken',
    title: 'The app secret is wrong',
    remedy: asSentences(
      ...copySecret(),
      'Then choose Replace app secret here. Until then every message is turned away; Meta keeps them for some days and sends them again.',
    ),
  },
  'permission-missing': {
    state: 'broken',
    title: 'The access token lacks a permission',
    remedy: asSentences(...makeToken(), 'Then choose Replace token here.'),
  },
  'no-access': {
    state: 'broken',
    title: 'The access token does not open this number',
    remedy: asSentences(...assignAccount(), 'Or choose Replace token here, with one of the right account.'),
  },
  'number-down': {
    state: 'broken',
    title: 'The number is not connected at Meta',
    remedy:
      'Open WhatsApp Manager, Account tools, Phone numbers, and see what it says there. A number that is not verified or not registered has to be, before it can send.',
  },
  'number-blocked': {
    state: 'broken',
    title: 'Meta has blocked the number',
    remedy: asSentences(...askForReview),
  },
  'sending-blocked': {
    state: 'broken',
    title: 'Meta lets this number send nothing',
    remedy: asSentences(...seeManager),
  },
  'not-subscribed': {
    state: 'broken',
    title: 'The app is not subscribed to the account, so no message comes in',
    remedy: asSentences('Choose Subscribe again here.', seeLiveMode),
  },
  'account-elsewhere': {
    state: 'broken',
    title: 'Messages of the account go to another address',
    remedy: 'Choose Subscribe again here: it enters the address of this number.',
  },
  'number-elsewhere': {
    state: 'broken',
    title: 'Messages of this number go to another address',
    remedy: asSentences(removeNumbersCallback),
  },
  'signatures-wrong': {
    state: 'broken',
    title: 'Messages arrive with a signature that does not fit the app secret',
    remedy: asSentences(
      'The app secret here is another one than Meta’s.',
      ...copySecret(),
      'Then choose Replace app secret here. Meta keeps what was turned away for some days and sends it again.',
    ),
  },
  'verify-token-wrong': {
    state: 'broken',
    title: 'Meta asked with another verify token',
    remedy:
      'Copy the verify token from this page into developers.facebook.com, My apps, your app, WhatsApp, Configuration, Webhook, Edit, and save it there.',
  },
  'strange-signatures': {
    state: 'warning',
    title: 'Somebody sends webhooks here that another app signed',
    remedy:
      'The app secret is right, so nothing of this number’s app is lost. See whether a second Meta app has this webhook address.',
  },
  'token-expires': {
    state: 'warning',
    title: 'The access token expires soon',
    remedy: asSentences(...makeToken(), 'Then choose Replace token here.'),
  },
  'sending-limited': {
    state: 'warning',
    title: 'Meta limits what this number may send',
    remedy: asSentences(...seeManager),
  },
  'quality-low': {
    state: 'warning',
    title: 'People blocked or reported this number lately',
    remedy: asSentences(...writeLess),
  },
} as const satisfies Record<string, Words>;

export type Problem = keyof typeof problems;

/** Its words; undefined for a name that is none of these. */
export const wordsOfProblem = (name: string | null): (Words & { name: Problem }) | undefined =>
  name !== null && isProblem(name) ? { name, ...problems[name] } : undefined;

const isProblem = (name: string): name is Problem => Object.hasOwn(problems, name);
