import { type Script, scriptForm } from '#server/bot/script.ts';

/** What a new tenant's bot says until somebody writes its script: greets, takes down what it is about, calls a person. */
export function starterScript(business: string): Script {
  return scriptForm.parse({
    start: 'welcome',
    steps: [
      {
        type: 'ask',
        id: 'welcome',
        title: 'Welcome',
        say: `Hello {name}, thank you for writing to ${business}. What can we do for you?`,
        label: 'Request',
        expects: 'text',
        retry: 'Please write it in a few words.',
        goTo: 'person',
      },
      {
        type: 'handover',
        id: 'person',
        title: 'A person takes over',
        say: `Thank you. Somebody at ${business} answers you here soon.`,
      },
    ],
    answers: [],
    person: { words: ['person', 'human', 'agent', 'somebody', 'someone'], goTo: 'person' },
    misunderstood: 'Please write it in a few words.',
    mostMisses: 2,
  });
}
