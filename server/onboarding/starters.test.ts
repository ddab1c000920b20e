import { describe, expect, test } from 'vitest';
import { limits } from '#server/whatsapp/send-request.ts';
import { listStarters } from './list-starters.ts';
import { previewScript } from './preview-script.ts';
import { starterIds, starterLanguage, starterPlays, starterScript } from './starters.ts';

const tags = ['en', 'es', 'pt-BR', 'de', 'fr'];
const each = tags.flatMap((language) => starterIds.map((id) => [id, language] as const));

describe('a starter', () => {
  test.each(each)('%s, %s: understands each sample at once and ends with a person', (id, language) => {
    const script = starterScript(id, 'Acme Solar', language);
    const bubbles = previewScript(script, starterPlays(id, language), 'Ana');
    const last = script.steps.find(
      (step) => step.say === bubbles.at(-1)?.text.replace('Ana Silva', '{Name}'),
    );
    const heard = bubbles.filter(({ from }) => from === 'bot').map(({ text }) => text);
    expect(heard.length).toBe(starterPlays(id, language).length);
    expect(heard[0]).toContain('Acme Solar');
    expect(heard.at(-1)).toContain('Ana Silva');
    expect(heard.join('\n')).not.toMatch(/[{}]|,,| ,|undefined/);
    for (const step of script.steps) if (step.type === 'ask') expect(heard).not.toContain(step.retry);
    if (language === 'en') expect(last?.type).toBe('handover');
  });

  test.each(each)('%s, %s: greets somebody without a name in whole sentences', (id, language) => {
    const [, greeting] = previewScript(starterScript(id, 'Acme', language), ['?'], '');
    expect(greeting?.text).toMatch(/^\p{L}+,? \p{L}/u);
    expect(greeting?.text).not.toMatch(/,,| ,/);
  });

  test.each(each)('%s, %s: hands over to a person who is asked for, at once', (id, language) => {
    const script = starterScript(id, 'Acme', language);
    const [word = ''] = script.person.words;
    const bubbles = previewScript(script, [word], 'Ana');
    expect(bubbles.at(-1)?.text).not.toMatch(/,\.|[{}]/);
    expect(script.steps.find(({ id: step }) => step === script.person.goTo)?.type).toBe('handover');
  });

  test.each(each)('%s, %s: fits a business with the longest of names', (id, language) => {
    const script = starterScript(id, 'W'.repeat(80), language);
    for (const { say } of script.steps) expect(say.length).toBeLessThanOrEqual(limits.buttonsBody);
  });
});

test.each([
  ['en', 'Hi, is somebody there?'],
  ['es', 'Hola, ¿hay alguien?'],
  ['pt', 'Olá, está aí alguém?'],
  ['de', 'Hallo, ist da jemand?'],
  ['fr', 'Bonjour, il y a quelqu’un ?'],
])('in %s, “%s” is a greeting and asks for nobody', (language, hello) => {
  for (const id of starterIds) {
    const script = starterScript(id, 'Acme', language);
    const greeted = previewScript(script, [hello], 'Ana').at(-1)?.text;
    expect(greeted).toBe(previewScript(script, ['?'], 'Ana').at(-1)?.text);
  }
});

test.each(each)('%s, %s: the button for a person says what one may write', (id, language) => {
  const script = starterScript(id, 'Acme', language);
  const titles = script.steps.flatMap((step) =>
    step.type === 'choice' ? step.options.filter(({ id: option }) => option === 'person') : [],
  );
  for (const { title } of titles)
    expect(previewScript(script, ['?', title.toLowerCase()], 'Ana').at(-1)?.text).toBe(
      script.steps.find(({ id: step }) => step === 'person')?.say,
    );
});

test('a name is words, whatever it holds', () => {
  const script = starterScript('requests', 'A {name} & "B" \\ C', 'en');
  expect(script.steps[0]?.say).toContain('A name & "B" \\ C');
});

test.each([
  ['es', 'es'],
  ['pt-BR', 'pt'],
  ['pl', 'en'],
  ['constructor', 'en'],
  ['', 'en'],
])('a business in %j begins in %s', (language, spoken) => {
  expect(starterLanguage(language)).toBe(spoken);
});

test('there are three, each with a conversation to read', () => {
  const { starters } = listStarters({ name: 'Acme', language: 'en' });
  expect(starters.map(({ id }) => id)).toEqual(['requests', 'quotes', 'appointments']);
  expect(starters[1]?.preview.slice(0, 3)).toEqual([
    { from: 'lead', text: 'Hello', buttons: [] },
    {
      from: 'bot',
      text: 'Hello Ana, this is Acme’s assistant. What can I do for you?',
      buttons: ['Get a quote', 'Ask a question', 'Talk to a person'],
    },
    { from: 'lead', text: 'Get a quote', buttons: [] },
  ]);
});
