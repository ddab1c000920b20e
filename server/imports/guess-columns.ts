import type { LeadField } from '#server/leads/fields.ts';
import { readPhone } from '#server/leads/read-phone.ts';
import type { Column, DateOrder } from './columns.ts';

// How columns are called, in plain letters: English, German, Spanish, Portuguese, French, Italian, Dutch, Polish,
// Turkish, Arabic, Hindi, Indonesian, Russian.
const words = {
  phone: `phone, phone number, phonenumber, mobile, mobile number, mobile phone, cell, cell phone, cellphone, telephone, tel,
    whatsapp, whatsapp number, wa number, msisdn, contact number, telefon, telefonnummer, handy, handynummer, mobil,
    mobilnummer, mobiltelefon, rufnummer, nummer, telefono, movil, celular, numero, numero de telefono, telefone, telemovel,
    numero de telefone, fone, portable, numero de telephone, cellulare, numero di telefono, telefoonnummer, telefoon,
    mobiel, mobiele nummer, numer telefonu, komorka, telefon komorkowy, telefon numarasi, cep, cep telefonu, gsm,
    هاتف, الهاتف, رقم الهاتف, جوال, رقم الجوال, موبايل, फोन, फोन नंबर, मोबाइल, मोबाइल नंबर, nomor telepon, nomor hp, no hp,
    telepon, телефон, номер телефона, мобильный`,
  name: `name, full name, fullname, contact, contact name, customer, customer name, lead, lead name, person, first name, vorname,
    vollstandiger name, kunde, kundenname, ansprechpartner, nombre, nombre completo, cliente, nome, nome completo, nom,
    nom complet, client, nominativo, naam, volledige naam, klant, imie, imie i nazwisko, nazwa, klient, ad soyad, adi soyadi,
    isim, musteri, الاسم, اسم, الاسم الكامل, नाम, पूरा नाम, nama, nama lengkap, имя, фио`,
  email: `email, e mail, mail, email address, e mail address, e mail adresse, mailadresse, correo, correo electronico, courriel,
    adresse e mail, posta elettronica, emailadres, e mailadres, mailadres, adres e mail, eposta, e posta, البريد الإلكتروني, بريد, ईमेल, surel, почта`,
  language:
    'language, lang, locale, sprache, idioma, lingua, langue, taal, jezyk, dil, اللغة, भाषा, bahasa, язык',
  labels:
    'labels, label, tags, tag, etiketten, etikett, etiquetas, etiqueta, etiquettes, etichette, etykiety, etiketler',
  consent: `consent, opt in, optin, opted in, marketing consent, whatsapp opt in, einwilligung, werbeeinwilligung, zustimmung,
    consentimiento, consentimento, consentement, consenso, toestemming, zgoda, izin, onay, الموافقة, सहमति`,
};

type Known = keyof typeof words;

/** Without accents, signs and capitals: "E-Mail-Adresse" is "e mail adresse". */
const plain = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();

// The cast: Object.entries forgets the names.
const byWord = new Map(
  (Object.entries(words) as [Known, string][]).flatMap(([to, list]) =>
    list.split(',').map((word): [string, Known] => [plain(word), to]),
  ),
);

// What an export tells beside what an import can change. It makes no fields when it comes back.
const told = new Set(
  [
    ...['Consent since (UTC)', 'Consent in their words', 'Came by', 'Name on WhatsApp', 'WhatsApp user name'],
    ...['Looked after by', 'Added (UTC)', 'Blocked since (UTC)'],
  ].map(plain),
);

/** Whether a row is one of names: nothing in it is a number, and something in it is a name that columns have. */
export function isHeader(cells: string[], country: string | null): boolean {
  if (cells.some((cell) => byWord.has(plain(cell)))) return true;
  return !cells.some((cell) => /\d/.test(cell) && 'key' in readPhone(cell, country));
}

/** Where each column goes, from its name, or from what stands in it. Each of a lead's own parts is given once. */
export function guessColumns(
  names: string[],
  samples: string[][],
  fields: LeadField[],
  country: string | null,
): Column[] {
  const taken = new Set<string>();
  const guesses = names.map((name): Column => {
    const own = fields.find((field) => plain(field.name) === plain(name) || field.key === name);
    const to = byWord.get(plain(name));
    if (to && !taken.has(to) && !(own && to !== 'phone')) {
      taken.add(to);
      return { to };
    }
    if (own && !taken.has(own.key)) {
      taken.add(own.key);
      return { to: 'field', key: own.key };
    }
    return { to: 'nothing' };
  });
  const values = names.map((_, index) => samples.map((row) => row[index]?.trim() ?? '').filter(Boolean));
  fillByValues(guesses, values, taken, country);
  return guesses.map((guess, index) => withMaking(guess, names[index] ?? '', values[index] ?? []));
}

function fillByValues(guesses: Column[], values: string[][], taken: Set<string>, country: string | null) {
  const fits: [Known, (value: string) => boolean][] = [
    ['phone', (value) => /\d{6}/.test(value.replace(/\D/g, '')) && 'key' in readPhone(value, country)],
    ['email', (value) => /^\S+@\S+\.\S+$/.test(value)],
  ];
  for (const [to, fit] of fits) {
    if (taken.has(to)) continue;
    const shares = values.map((list, index) =>
      guesses[index]?.to === 'nothing' && list.length > 0 ? list.filter(fit).length / list.length : 0,
    );
    const best = Math.max(0, ...shares);
    if (best < 0.6) continue;
    guesses[shares.indexOf(best)] = { to };
    taken.add(to);
  }
}

/** A column that nobody knows becomes a field of its name, unless it is empty or an export's own. */
function withMaking(guess: Column, name: string, values: string[]): Column {
  const order = dateOrder(values);
  if (guess.to === 'field') return order ? { ...guess, dates: order } : guess;
  if (guess.to !== 'nothing' || values.length === 0 || name.trim() === '' || told.has(plain(name)))
    return guess;
  const kind = kindOf(values);
  return {
    to: 'make',
    name: name.trim().slice(0, 60),
    kind,
    ...(kind === 'date' && order && { dates: order }),
  };
}

function kindOf(values: string[]) {
  const all = (pattern: RegExp) => values.every((value) => pattern.test(value));
  if (all(/^(true|false|yes|no|ja|nein|si|sí|oui|non|sim|não|evet|hayır)$/i)) return 'boolean';
  if (all(/^(\d{4}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-]\d{4})/)) return 'date';
  // A number that begins with a zero is a name of something.
  if (all(/^-?(0|[1-9]\d*)([.,]\d+)?$/) && all(/^.{1,12}$/)) return 'number';
  return 'text';
}

function dateOrder(values: string[]): DateOrder | undefined {
  const parts = values.flatMap((value) => [...value.matchAll(/^(\d\d?)[./-](\d\d?)[./-]\d{4}/g)]);
  if (parts.length === 0) return undefined;
  return parts.some(([, , second]) => Number(second) > 12) ? 'month-day' : 'day-month';
}
