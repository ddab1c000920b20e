import {
  badToken,
  expiredToken,
  type GraphRefusal,
  missingPermission,
  missingToken,
  unknownObject,
} from './graph-errors.ts';
import type { Simulation } from './simulation.ts';
import type { MetaNumber } from './world.ts';

type Asked = { readonly method: string; readonly id: string; readonly token: string | undefined };
type Known = Pick<Simulation, 'directory' | 'standings'>;

export const [managing, messaging] = ['whatsapp_business_management', 'whatsapp_business_messaging'] as const;
type Permission = typeof managing | typeof messaging;

/** The number that was asked for, if the token opens it. A token opens its WABA; others' things do not exist. */
export function authorizeNumber(
  known: Known,
  asked: Asked,
  permission: Permission,
): MetaNumber | GraphRefusal {
  const bad = checkToken(known, asked.token);
  if (bad) return bad;
  const number = known.directory.number(asked.id);
  if (!number || !asked.token || !known.directory.opens(asked.token, number.wabaId)) {
    return unknownObject(asked.method, asked.id);
  }
  return lacks(known, asked.token, permission) ?? number;
}

/** The numbers of the WABA that was asked for, if the token opens it and may manage it. */
export function authorizeWaba(known: Known, asked: Asked): MetaNumber[] | GraphRefusal {
  const bad = checkToken(known, asked.token);
  if (bad) return bad;
  const numbers = known.directory.numbersOf(asked.id);
  if (numbers.length === 0 || !asked.token || !known.directory.opens(asked.token, asked.id)) {
    return unknownObject(asked.method, asked.id);
  }
  return lacks(known, asked.token, managing) ?? numbers;
}

function lacks({ standings }: Known, token: string, permission: Permission): GraphRefusal | undefined {
  return standings.token(token).scopes.includes(permission) ? undefined : missingPermission(permission);
}

function checkToken({ directory, standings }: Known, token: string | undefined): GraphRefusal | undefined {
  if (!token) return missingToken();
  if (!directory.isToken(token)) return badToken();
  return standings.token(token).expired ? expiredToken() : undefined;
}
