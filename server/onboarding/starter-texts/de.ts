import type { StarterTexts } from './texts.ts';

export const de: StarterTexts = {
  labels: {
    name: 'Name',
    request: 'Anliegen',
    place: 'Ort',
    question: 'Frage',
    service: 'Leistung',
    when: 'Tag und Uhrzeit',
    change: 'Änderung',
  },
  buttons: {
    quote: 'Angebot anfragen',
    question: 'Etwas fragen',
    book: 'Termin buchen',
    change: 'Ändern, absagen',
    person: 'Mit jemandem reden',
  },
  words: {
    quote: ['angebot', 'preis', 'preise', 'kosten', 'kostet', 'kostenvoranschlag'],
    question: ['frage', 'fragen', 'wissen'],
    book: ['buchen', 'termin', 'reservieren'],
    change: ['ändern', 'absagen', 'verschieben', 'stornieren'],
    person: ['mensch', 'person', 'mitarbeiter', 'mitarbeiterin', 'mit jemandem'],
  },
  welcome: {
    requests: 'Hallo {name}, danke für Ihre Nachricht an {business}. Was können wir für Sie tun?',
    quotes: 'Hallo {name}, hier ist der Assistent von {business}. Was kann ich für Sie tun?',
    appointments: 'Hallo {name}, hier ist der Assistent von {business}. Möchten Sie einen Termin?',
  },
  asks: {
    name: 'Und wie heißen Sie?',
    need: 'Gern. Was brauchen Sie? Ein oder zwei Sätze genügen.',
    place: 'Für welchen Ort? Die Stadt oder die Postleitzahl.',
    question: 'Was möchten Sie wissen?',
    service: 'Gern. Wofür ist der Termin?',
    when: 'Welcher Tag und welche Uhrzeit passen Ihnen am besten?',
    change: 'Um welchen Termin geht es, und was sollen wir ändern?',
  },
  retry: {
    name: 'Das habe ich nicht verstanden. Bitte nur Ihren Namen, zum Beispiel „Ana Silva“.',
    text: 'Bitte schreiben Sie es in wenigen Worten.',
    choice: 'Das habe ich nicht verstanden. Bitte wählen Sie eines davon.',
  },
  thanks: {
    request: 'Danke, {name}. Jemand von {business} antwortet Ihnen hier bald.',
    quote: 'Danke, {name}. Jemand von {business} bereitet Ihr Angebot vor und schreibt Ihnen hier.',
    appointment: 'Danke, {name}. Jemand von {business} sucht einen Termin und bestätigt ihn hier.',
    person: 'Danke. Jemand von {business} antwortet Ihnen hier bald.',
  },
  sample: {
    hello: 'Hallo',
    request: 'Meine Bestellung ist noch nicht da',
    need: 'Solarmodule für ein Haus mit Flachdach',
    place: 'Leipzig',
    service: 'Ein Haarschnitt',
    when: 'Donnerstag nach 16 Uhr',
    name: 'Ana Silva',
  },
};
