import { env } from '#server/env.ts';
import type { Letter } from '#server/mail/send-mail.ts';
import { hoursOf } from './links.ts';

/** What people are told by letter about their login. */
type Person = { name: string; email: string };

const hours = (count: number) => (count === 1 ? 'an hour' : `${count} hours`);
const warning = () => `If that was not you, set a new password at once: ${env().APP_URL}/reset`;

export const confirmLetter = ({ name, email }: Person, link: string): Letter => ({
  to: email,
  subject: 'Confirm your e-mail address for Parley',
  text: `Hello ${name},\n\nSomebody signed up for Parley with this address. If that was you, confirm it with the link below; it works for ${hours(hoursOf('confirm'))}. If not, do nothing: nobody can use the address without it.`,
  link,
});

export const changeEmailLetter = (name: string, to: string, link: string): Letter => ({
  to,
  subject: 'Confirm your new e-mail address for Parley',
  text: `Hello ${name},\n\nFrom now on you want to sign in to Parley with this address. Confirm it with the link below; it works for ${hours(hoursOf('change-email'))}. Until then the old address stays. If you know nothing of this, do nothing.`,
  link,
});

export const emailChangedLetter = ({ name, email }: Person, to: string): Letter => ({
  to: email,
  subject: 'Your e-mail address for Parley was changed',
  text: `Hello ${name},\n\nYou sign in to Parley with ${to} from now on; this address is not used any more. If that was not you, somebody has your login: write to whoever runs this installation.`,
});

export const resetLetter = ({ name, email }: Person, link: string): Letter => ({
  to: email,
  subject: 'Set a new password for Parley',
  text: `Hello ${name},\n\nSet a new password with the link below; it works once, for ${hours(hoursOf('reset'))}. Every device is signed out then. If you did not ask for this, do nothing: the password stays as it is.`,
  link,
});

export const passwordChangedLetter = ({ name, email }: Person): Letter => ({
  to: email,
  subject: 'Your password for Parley was changed',
  text: `Hello ${name},\n\nYour password was changed, and your other devices were signed out. ${warning()}`,
});

export const secondFactorLetter = ({ name, email }: Person, isOn: boolean): Letter => ({
  to: email,
  subject: `Two-factor sign-in for Parley was turned ${isOn ? 'on' : 'off'}`,
  text: isOn
    ? `Hello ${name},\n\nSigning in takes a code from your authenticator app from now on. Keep the recovery codes where you find them without your phone. ${warning()}`
    : `Hello ${name},\n\nSigning in takes the password alone from now on. ${warning()}`,
});

export const recoveryCodeLetter = ({ name, email }: Person, left: number): Letter => ({
  to: email,
  subject: 'A recovery code was used to sign in to Parley',
  text: `Hello ${name},\n\nSomebody signed in with your password and one of your recovery codes; ${left} are left. Make new ones in your account when they run out. ${warning()}`,
});
