import type { OwnWords } from '#server/channels/find-channel.ts';

/**
 * The words by which people say that they want no more messages, or that they do again, by language. A message says so
 * only when it is nothing but one of them. STOP and START count in every language.
 */
const words = {
  en: {
    out: ['stop', 'stop all', 'unsubscribe', 'opt out', 'optout', 'cancel messages', 'end messages'],
    in: ['start', 'unstop', 'subscribe', 'opt in', 'optin'],
  },
  es: {
    out: ['baja', 'darme de baja', 'dar de baja', 'alto', 'parar', 'cancelar suscripción', 'no más mensajes'],
    in: ['alta', 'darme de alta', 'suscribirme'],
  },
  pt: {
    out: ['parar', 'pare', 'sair', 'descadastrar', 'cancelar inscrição', 'não quero mais mensagens'],
    in: ['voltar', 'inscrever', 'quero receber'],
  },
  fr: {
    out: ['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'me désabonner', 'désinscription'],
    in: ['reprendre', "m'abonner", "s'abonner"],
  },
  de: {
    out: ['stopp', 'abmelden', 'abbestellen', 'austragen', 'keine nachrichten mehr'],
    in: ['anmelden', 'abonnieren'],
  },
  it: {
    out: ['basta messaggi', 'ferma', 'disiscrivimi', 'annulla iscrizione', 'cancellami'],
    in: ['iscrivimi', 'riprendi'],
  },
  nl: { out: ['stoppen', 'afmelden', 'uitschrijven'], in: ['aanmelden', 'inschrijven'] },
  pl: { out: ['rezygnuję', 'wypisz', 'wypisz mnie', 'koniec wiadomości'], in: ['zapisz mnie', 'wznów'] },
  tr: { out: ['dur', 'durdur', 'iptal et', 'abonelikten çık'], in: ['başlat', 'abone ol'] },
  ar: { out: ['إيقاف', 'توقف', 'قف', 'إلغاء الاشتراك'], in: ['ابدأ', 'اشتراك'] },
  hi: { out: ['रोकें', 'बंद करो', 'बंद करें', 'सदस्यता समाप्त'], in: ['शुरू', 'शुरू करें'] },
  id: { out: ['berhenti', 'henti', 'stop pesan', 'berhenti berlangganan'], in: ['mulai', 'langganan'] },
} as const satisfies Record<string, { out: string[]; in: string[] }>;

/** The words of every language, as the settings show them. */
export const defaultWords = Object.entries(words).map(([language, { out, in: back }]) => ({
  language,
  out: [...out],
  in: [...back],
}));

// The longest text that is looked at: a wish is a few words.
const longest = 60;

const known = {
  out: new Set(Object.values(words).flatMap(({ out }) => out.map(foldWish))),
  in: new Set(Object.values(words).flatMap(({ in: back }) => back.map(foldWish))),
};

/**
 * What a message says about being written to, when the whole of it is one of the words; else null. A tenant's own words
 * count beside those of the table: nobody may take away STOP.
 */
export function wishIn(text: string, own: OwnWords): 'out' | 'in' | null {
  if (text.length > longest * 2) return null;
  const said = foldWish(text);
  if (said === '' || said.length > longest) return null;
  const has = (list: string[]) => list.some((word) => foldWish(word) === said);
  if (known.out.has(said) || has(own.out)) return 'out';
  return known.in.has(said) || has(own.in) ? 'in' : null;
}

/** A text without case, accents, punctuation and spare spaces: what two spellings of one word share. */
export function foldWish(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Arabic}])\p{M}+/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

type Language = keyof typeof words;

const goodbyes: Record<Language, (name: string) => string> = {
  en: (name) => `You will get no more messages from ${name}. Write START if you want them again.`,
  es: (name) => `No recibirás más mensajes de ${name}. Escribe ALTA si los quieres de nuevo.`,
  pt: (name) => `Você não receberá mais mensagens de ${name}. Escreva VOLTAR se quiser recebê-las de novo.`,
  fr: (name) =>
    `Vous ne recevrez plus de messages de ${name}. Écrivez REPRENDRE pour les recevoir à nouveau.`,
  de: (name) =>
    `Sie erhalten keine Nachrichten mehr von ${name}. Schreiben Sie START, wenn Sie wieder welche möchten.`,
  it: (name) => `Non riceverai più messaggi da ${name}. Scrivi RIPRENDI se li vuoi di nuovo.`,
  nl: (name) => `U krijgt geen berichten meer van ${name}. Schrijf START als u ze weer wilt.`,
  pl: (name) => `Nie będziesz już otrzymywać wiadomości od ${name}. Napisz START, aby je wznowić.`,
  tr: (name) => `${name} artık size mesaj göndermeyecek. Yeniden almak için BAŞLAT yazın.`,
  ar: (name) => `لن تصلك رسائل أخرى من ${name}. اكتب ابدأ إذا أردتها من جديد.`,
  hi: (name) => `अब आपको ${name} से कोई संदेश नहीं मिलेगा। फिर से पाने के लिए शुरू लिखें।`,
  id: (name) => `Anda tidak akan menerima pesan lagi dari ${name}. Tulis MULAI jika ingin menerimanya lagi.`,
};

const welcomes: Record<Language, (name: string) => string> = {
  en: (name) => `You will get messages from ${name} again. Write STOP at any time.`,
  es: (name) => `Volverás a recibir mensajes de ${name}. Escribe BAJA cuando quieras.`,
  pt: (name) => `Você voltará a receber mensagens de ${name}. Escreva PARAR quando quiser.`,
  fr: (name) => `Vous recevrez à nouveau les messages de ${name}. Écrivez STOP à tout moment.`,
  de: (name) => `Sie erhalten wieder Nachrichten von ${name}. Schreiben Sie jederzeit STOPP.`,
  it: (name) => `Riceverai di nuovo i messaggi di ${name}. Scrivi STOP in qualsiasi momento.`,
  nl: (name) => `U krijgt weer berichten van ${name}. Schrijf op elk moment STOP.`,
  pl: (name) => `Znów będziesz otrzymywać wiadomości od ${name}. W każdej chwili napisz STOP.`,
  tr: (name) => `${name} size yeniden mesaj gönderecek. İstediğiniz zaman DUR yazın.`,
  ar: (name) => `ستصلك رسائل ${name} من جديد. اكتب إيقاف في أي وقت.`,
  hi: (name) => `आपको ${name} से फिर संदेश मिलेंगे। कभी भी रोकें लिखें।`,
  id: (name) => `Anda akan menerima pesan dari ${name} lagi. Tulis BERHENTI kapan saja.`,
};

/** What the bot answers to such a word, in the tenant's language, or English where the table has none. */
export function confirmation(wish: 'out' | 'in', { name, language }: { name: string; language: string }) {
  const base = language.split('-')[0] ?? '';
  const known = Object.keys(words).find((one): one is Language => one === base) ?? 'en';
  return (wish === 'out' ? goodbyes : welcomes)[known](name);
}
