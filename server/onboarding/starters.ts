import { type Script, scriptForm } from '#server/bot/script.ts';
import { de } from './starter-texts/de.ts';
import { en } from './starter-texts/en.ts';
import { es } from './starter-texts/es.ts';
import { fr } from './starter-texts/fr.ts';
import { pt } from './starter-texts/pt.ts';
import type { StarterTexts } from './starter-texts/texts.ts';

export const starterIds = ['requests', 'quotes', 'appointments'] as const;
export type StarterId = (typeof starterIds)[number];

type Starter = {
  /** The script's name, and what it is for; in the interface's language. */
  name: string;
  summary: string;
  steps: (texts: StarterTexts) => object[];
  /** What somebody writes in the preview. */
  plays: (texts: StarterTexts) => string[];
};

const languages: Record<string, StarterTexts> = { de, en, es, fr, pt };

/** The scripts to begin with. None says anything of the business but its name, so that none says anything untrue. */
export const starters: Record<StarterId, Starter> = {
  requests: {
    name: 'Take requests',
    summary: 'Greets, asks what it is about and who writes, then calls a person. Fits every business.',
    steps: (t) => [
      ask('welcome', 'Welcome', t.welcome.requests, t.labels.request, t.retry.text, 'name'),
      askName(t, 'taken'),
      thanks(t, 'taken', 'request'),
      thanks(t, 'person', 'person'),
    ],
    plays: ({ sample }) => [sample.hello, sample.request, sample.name],
  },
  quotes: {
    name: 'Quote requests',
    summary: 'Offers a choice; for a quote it asks what is needed and where, then a person prepares it.',
    steps: (t) => [
      choice('welcome', 'Welcome', t.welcome.quotes, [
        option(t, 'quote', 'need'),
        option(t, 'question', 'question'),
        option(t, 'person', 'person'),
      ]),
      ask('need', 'What is needed', t.asks.need, t.labels.request, t.retry.text, 'place'),
      ask('place', 'Where', t.asks.place, t.labels.place, t.retry.text, 'name'),
      askName(t, 'quote'),
      thanks(t, 'quote', 'quote'),
      ask('question', 'Question', t.asks.question, t.labels.question, t.retry.text, 'person'),
      thanks(t, 'person', 'person'),
    ],
    plays: ({ sample, buttons }) => [sample.hello, buttons.quote, sample.need, sample.place, sample.name],
  },
  appointments: {
    name: 'Appointments',
    summary: 'Asks what for, when and who, for a person to confirm; takes changes and cancellations too.',
    steps: (t) => [
      choice('welcome', 'Welcome', t.welcome.appointments, [
        option(t, 'book', 'service'),
        option(t, 'change', 'change'),
        option(t, 'person', 'person'),
      ]),
      ask('service', 'What for', t.asks.service, t.labels.service, t.retry.text, 'when'),
      ask('when', 'When', t.asks.when, t.labels.when, t.retry.text, 'name'),
      askName(t, 'booked'),
      thanks(t, 'booked', 'appointment'),
      ask('change', 'Change', t.asks.change, t.labels.change, t.retry.text, 'person'),
      thanks(t, 'person', 'person'),
    ],
    plays: ({ sample, buttons }) => [sample.hello, buttons.book, sample.service, sample.when, sample.name],
  },
};

/** In which language the starters speak where the business's is this one: English where there are no words for it. */
export function starterLanguage(language: string): string {
  const [tag = ''] = language.split('-');
  return Object.hasOwn(languages, tag) ? tag : 'en';
}

/** The script of a starter as a business would publish it. */
export function starterScript(id: StarterId, business: string, language: string): Script {
  const texts = textsOf(language);
  const steps = starters[id].steps(texts);
  const script = {
    ...{ start: 'welcome', steps, answers: [], mostMisses: 2, misunderstood: texts.retry.choice },
    person: { words: texts.words.person, goTo: 'person' },
  };
  return scriptForm.parse(withBusiness(script, business));
}

/** What somebody writes to it in the preview. */
export const starterPlays = (id: StarterId, language: string): string[] =>
  starters[id].plays(textsOf(language));

export const textsOf = (language: string): StarterTexts => languages[starterLanguage(language)] ?? en;

/** The business's name is no placeholder, whatever it holds. */
function withBusiness<T>(script: T, business: string): T {
  const name = business.replace(/[{}]/g, '');
  return JSON.parse(JSON.stringify(script), (key, value) => {
    if (key !== 'say' && key !== 'retry') return value;
    return value.replaceAll('{business}', name);
  });
}

const choice = (id: string, title: string, say: string, options: object[]) => ({
  ...{ type: 'choice', id, title, say, options },
});

const option = ({ buttons, words }: StarterTexts, id: keyof StarterTexts['buttons'], goTo: string) => ({
  ...{ id, title: buttons[id], words: id === 'person' ? [] : words[id], goTo },
});

const ask = (id: string, title: string, say: string, label: string, retry: string, goTo: string) => ({
  ...{ type: 'ask', id, title, say, label, expects: 'text', retry, goTo },
});

const askName = ({ asks, labels, retry }: StarterTexts, goTo: string) => ({
  ...ask('name', 'Name', asks.name, labels.name, retry.name, goTo),
  expects: 'name',
});

/** By the name that was given, not by the one in their profile. */
const thanks = (t: StarterTexts, id: string, kind: keyof StarterTexts['thanks']) => ({
  ...{ type: 'handover', id, title: 'A person takes over' },
  say: t.thanks[kind].replace('{name}', `{${t.labels.name}}`),
});
