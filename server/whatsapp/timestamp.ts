const day = 24 * 3600 * 1000;
const oldest = 30 * day;
const newest = 5 * 60 * 1000;

/**
 * Meta's timestamp (Unix seconds as a string; milliseconds and numbers were seen too), where it is credible: at most
 * 30 days before the arrival and 5 minutes after it. Otherwise the arrival: a stamp from the future would keep the
 * 24-hour window open.
 */
export function readTimestamp(value: unknown, arrival: Date): Date {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{9,16}(\.\d+)?$/.test(text)) return arrival;
  const number = Number(text);
  const at = number > 1e11 ? number : number * 1000;
  const isCredible = at >= arrival.getTime() - oldest && at <= arrival.getTime() + newest;
  return isCredible ? new Date(Math.trunc(at)) : arrival;
}

/**
 * Where a message stands among those of its second, which is all that Meta's stamp tells: by its arrival, as far as
 * that second goes. So an answer that comes within the second of its question stands below it.
 */
export function placeInSecond(stamp: Date, arrival: Date): Date {
  const second = Math.floor(stamp.getTime() / 1000) * 1000;
  return stamp.getTime() === second
    ? new Date(Math.min(Math.max(arrival.getTime(), second), second + 999))
    : stamp;
}
