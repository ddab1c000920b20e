/**
 * What two spellings of one phone number share. Input and output are digits with the country code. WhatsApp writes
 * some numbers otherwise than people do:
 * Brazil: mobiles got a ninth digit (55 AA 9 XXXX XXXX); older accounts lack it.
 * Mexico: WhatsApp writes 52 1 and ten digits, people 52 and ten digits.
 * Argentina: WhatsApp writes 54 9 and ten digits, people 54 and ten digits.
 */
export function matchKey(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const brazil = /^55(\d{2})([6-9]\d{7})$/.exec(digits);
  if (brazil) return `55${brazil[1]}9${brazil[2]}`;
  const mexico = /^521(\d{10})$/.exec(digits);
  if (mexico) return `52${mexico[1]}`;
  const argentina = /^549(\d{10})$/.exec(digits);
  if (argentina) return `54${argentina[1]}`;
  return digits;
}
