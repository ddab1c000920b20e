import { randomBytes } from 'node:crypto';

/**
 * A message id as Meta makes it: `wamid.` + base64 of a Thrift compact struct
 * `1c 18 <len> <the person> 15 02 00 <11 out | 12 in> 18 <len> <hex id> 00`.
 * The person is digits, or the business-scoped id for who has no number. Inbound ids have 20 characters from `3A`.
 */
export function makeWamid(direction: 'in' | 'out', person: string): string {
  const id =
    direction === 'out'
      ? randomBytes(9).toString('hex').toUpperCase()
      : `3A${randomBytes(9).toString('hex').toUpperCase()}`;
  const head = Buffer.from([0x1c, 0x18, ...varint(person.length)]);
  const middle = Buffer.from([0x15, 0x02, 0x00, direction === 'out' ? 0x11 : 0x12, 0x18, id.length]);
  const bytes = Buffer.concat([head, Buffer.from(person, 'latin1'), middle, Buffer.from(id, 'latin1'), zero]);
  return `wamid.${bytes.toString('base64')}`;
}

const zero = Buffer.from([0]);

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7];
}
