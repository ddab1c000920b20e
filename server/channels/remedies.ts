/** What to do at Meta, step by step; what stands in `backticks` is to be found there by letter. The checks and the watch say the same. */

export const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'] as const;

const systemUser = 'Open Meta Business settings, then Users, System users, and choose yours.';
const bothTicked = scopes.map((scope) => `\`${scope}\``).join(' and ');

/** Where a token is made, for the app of this id or the one they have. */
export const makeToken = (appId?: string) => [
  systemUser,
  `Choose Generate token and ${appId ? `the app ${appId}` : 'your app'}; set the expiry to Never, and tick ${bothTicked}.`,
];

export const assignAccount = (wabaId?: string) => [
  systemUser,
  `Choose Assign assets, WhatsApp accounts, the account${wabaId ? ` ${wabaId}` : ''}, and Full control.`,
];

export const copySecret = (appId?: string) => [
  `Open developers.facebook.com, then My apps, ${appId ? `the app ${appId}` : 'your app'}, App settings, Basic.`,
  'Choose Show beside App secret, and copy it.',
];

export const askForReview = [
  'Open WhatsApp Manager, then Account tools, Phone numbers, and see the reason.',
  'Ask for a review there.',
];

export const writeLess = [
  'Open WhatsApp Manager, then Account tools, Phone numbers, to see the quality, and write less for some days, only to people who expect it.',
];

export const seeManager = ['Open WhatsApp Manager, and see what it says about the number.'];

export const seeLiveMode = 'If it stays so, see whether the app is in Live mode.';

export const removeNumbersCallback =
  'Remove the number’s callback where it was set, or with an empty `override_callback_uri` of its `webhook_configuration`.';

/** Steps as they are read in one breath. */
export const asSentences = (...steps: string[]) => steps.join(' ').replaceAll('`', '');
