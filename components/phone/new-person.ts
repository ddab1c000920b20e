import type { NewPerson } from './sim.ts';

type Answers = { name: string; hidesNumber: boolean; number: string; username: string };
type Problems = { name?: string; number?: string; username?: string };

/** What somebody typed about a new person, or what is wrong with it. `random` makes the business-scoped id's 20 digits. */
export function newPerson(
  answers: Answers,
  random: () => number,
): { person: NewPerson } | { problems: Problems } {
  const name = answers.name.trim();
  const digits = answers.number.replace(/\D/g, '');
  const username = answers.username.trim().replace(/^@/, '');
  const problems: Problems = {
    ...(name === '' && { name: 'Give the person a name.' }),
    ...(!answers.hidesNumber &&
      !/^[1-9]\d{5,14}$/.test(digits) && {
        number: 'Give the number with its country code, 6 to 15 digits.',
      }),
    ...(answers.hidesNumber &&
      !/^[\w.]{3,35}$/.test(username) && { username: 'Use 3 to 35 letters, digits, dots or underscores.' }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  if (!answers.hidesNumber) return { person: { name, waId: digits } };
  const id = Array.from({ length: 20 }, () => 1 + Math.floor(random() * 9)).join('');
  return { person: { name, username, userId: `US.${id}` } };
}
