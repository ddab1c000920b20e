import { type Script, scriptForm } from '#server/bot/script.ts';

/** The script of the demo world: greets, offers a choice, asks for a name, knows the opening hours, calls a person. */
export function demoScript(business: string): Script {
  return scriptForm.parse({
    start: 'welcome',
    steps: [
      {
        type: 'choice',
        id: 'welcome',
        title: 'Welcome',
        say: `Hi {name}, this is ${business}’s assistant. What can I do for you?`,
        options: [
          { id: 'quote', title: 'Get a quote', words: ['quote', 'price', 'offer', 'cost'], goTo: 'name' },
          { id: 'hours', title: 'Opening hours', words: ['hours', 'open'], goTo: 'hours' },
          { id: 'person', title: 'Talk to a person', words: [], goTo: 'person' },
        ],
      },
      {
        type: 'ask',
        id: 'name',
        title: 'Name',
        say: 'Gladly. What is your name?',
        label: 'Name',
        expects: 'name',
        retry: 'Sorry, I did not get that. Just your name, please, such as “Ana Silva”.',
        goTo: 'thanks',
      },
      {
        type: 'say',
        id: 'thanks',
        title: 'Thanks',
        say: 'Thank you, {Name}. We prepare your quote and write to you here.',
        goTo: 'more',
      },
      {
        type: 'say',
        id: 'hours',
        title: 'Opening hours',
        say: 'We are open Monday to Friday from 9:00 to 18:00, and on Saturday from 10:00 to 14:00.',
        goTo: 'more',
      },
      {
        type: 'choice',
        id: 'more',
        title: 'Anything else',
        say: 'Can I do anything else for you?',
        options: [
          { id: 'quote', title: 'Get a quote', words: ['quote', 'price', 'offer', 'cost'], goTo: 'name' },
          { id: 'hours', title: 'Opening hours', words: ['hours', 'open'], goTo: 'hours' },
          { id: 'person', title: 'Talk to a person', words: [], goTo: 'person' },
        ],
      },
      {
        type: 'handover',
        id: 'person',
        title: 'A person takes over',
        say: `I am handing you over to a person. Somebody at ${business} answers you here soon.`,
      },
    ],
    answers: [
      {
        words: [
          'opening hours',
          'when are you open',
          'are you open',
          'what time',
          'open on saturday',
          'open today',
        ],
        say: 'We are open Monday to Friday from 9:00 to 18:00, and on Saturday from 10:00 to 14:00.',
      },
    ],
    person: {
      words: ['person', 'human', 'agent', 'somebody', 'someone', 'real person', 'representative'],
      goTo: 'person',
    },
    misunderstood: 'Sorry, I did not understand that. Please choose one of these.',
    mostMisses: 2,
  });
}
