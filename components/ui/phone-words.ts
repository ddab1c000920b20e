import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** International format. WhatsApp gives numbers without the plus; what is no number is shown as it is. */
export function phoneWords(phone: string): string {
  const digits = phone.startsWith('+') ? phone : `+${phone}`;
  const parsed = parsePhoneNumberFromString(digits);
  if (parsed) return parsed.formatInternational();
  return /^\+\d+$/.test(digits) ? digits : phone;
}

/** A lead without a name is called by its number; that too should be readable. */
export function nameWords(name: string): string {
  return /^\+?\d{6,15}$/.test(name) ? phoneWords(name) : name;
}
