/**
 * How the same number may have been written by somebody who kept the zero that is dialled at home, or wrote 00 for +.
 * Digits in, digits out, without the number itself.
 */
export function otherSpellings(digits: string): string[] {
  if (!/^\d{7,18}$/.test(digits)) return [];
  const lengths = [1, 2, 3];
  const spelled = [
    `00${digits}`,
    ...(digits.startsWith('00') ? [digits.slice(2)] : []),
    ...lengths.map((length) => `${digits.slice(0, length)}0${digits.slice(length)}`),
    ...lengths.flatMap((length) =>
      digits[length] === '0' ? [digits.slice(0, length) + digits.slice(length + 1)] : [],
    ),
  ];
  return [...new Set(spelled)].filter((one) => one !== digits);
}
