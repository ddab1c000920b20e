import type { Directory } from './directory.ts';
import { badToken, type GraphRefusal, missingToken, unknownObject } from './graph-errors.ts';
import type { MetaNumber } from './world.ts';

type Asked = { readonly method: string; readonly id: string; readonly token: string | undefined };

/** The number that was asked for, if the token opens it. A token opens its WABA; others' things do not exist. */
export function authorizeNumber(directory: Directory, asked: Asked): MetaNumber | GraphRefusal {
  const bad = checkToken(directory, asked.token);
  if (bad) return bad;
  const number = directory.number(asked.id);
  if (!number || !asked.token || !directory.opens(asked.token, number.wabaId)) {
    return unknownObject(asked.method, asked.id);
  }
  return number;
}

/** The numbers of the WABA that was asked for, if the token opens it. */
export function authorizeWaba(directory: Directory, asked: Asked): MetaNumber[] | GraphRefusal {
  const bad = checkToken(directory, asked.token);
  if (bad) return bad;
  const numbers = directory.numbersOf(asked.id);
  if (numbers.length === 0 || !asked.token || !directory.opens(asked.token, asked.id)) {
    return unknownObject(asked.method, asked.id);
  }
  return numbers;
}

function checkToken(directory: Directory, token: string | undefined): GraphRefusal | undefined {
  if (!token) return missingToken();
  return directory.isToken(token) ? undefined : badToken();
}
