const anyone = {};
const label = (name: string) => ({ conditions: [{ field: 'label', is: [`label:${name}`] }] });

/** What the page of leads asks for: a filter as server/people/lead-filter.ts has it, and the order. `label:` stands for an id. */
export const asked: readonly { name: string; filter: object; sort: 'last' | 'added' }[] = [
  { name: 'first page, by last message', filter: anyone, sort: 'last' },
  { name: 'first page, by when they came', filter: anyone, sort: 'added' },
  { name: 'part of a common name', filter: { search: 'hannah' }, sort: 'last' },
  { name: 'two words', filter: { search: 'vogt han' }, sort: 'last' },
  { name: 'one person', filter: { search: 'vogt 1234' }, sort: 'last' },
  { name: 'nobody', filter: { search: 'zzyzx' }, sort: 'last' },
  { name: 'digits of a number', filter: { search: '600 012 3' }, sort: 'last' },
  { name: 'e-mail', filter: { search: 'person999@' }, sort: 'last' },
  { name: 'an own field', filter: { search: 'city 77' }, sort: 'last' },
  { name: 'a label’s name', filter: { search: 'rare' }, sort: 'last' },
  { name: 'a common label', filter: label('Customer'), sort: 'last' },
  { name: 'a rare label', filter: label('Rare'), sort: 'last' },
  { name: 'a language', filter: { conditions: [{ field: 'language', is: ['es'] }] }, sort: 'last' },
  {
    name: 'a language that nobody speaks',
    filter: { conditions: [{ field: 'language', is: ['zu'] }] },
    sort: 'last',
  },
  { name: 'never wrote', filter: { conditions: [{ field: 'wrote', not: true }] }, sort: 'last' },
  { name: 'window open', filter: { conditions: [{ field: 'window' }] }, sort: 'last' },
];
