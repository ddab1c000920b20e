/** Rounded down to a whole number, after what floating point adds or takes in the thirteenth figure is put right. */
export const wholeDown = (value: number): number => Math.floor(Number(value.toPrecision(12)));

/**
 * Down to a round number: 1.0 to 1.9 times a power of ten, beyond that in halves (2, 2.5, 3 …). 15,360 is 15,000;
 * 3,072 is 3,000.
 */
export function roundDown(value: number): number {
  const whole = wholeDown(value);
  if (whole < 10) return Math.max(0, whole);
  const power = 10 ** (String(whole).length - 1);
  const step = whole < 2 * power ? power / 10 : power / 2;
  return Math.floor(whole / step) * step;
}
