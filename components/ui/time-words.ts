/** Dates and times in words, in a given time zone. Assembled by hand: server and browser must agree to the letter. */
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number };
const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(date: Date, timeZone: string): Parts {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const found: Record<string, number> = {};
  for (const part of format.formatToParts(date)) found[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second };
}

const two = (value: number) => String(value).padStart(2, '0');
/** Days since 1970 of the calendar day that it is in that time zone. */
const dayNumber = ({ year, month, day }: Parts) => Math.round(Date.UTC(year, month - 1, day) / 86_400_000);
const weekdayOf = (parts: Parts) => weekdays[(dayNumber(parts) + 4) % 7] ?? '';
const monthOf = (parts: Parts) => months[parts.month - 1] ?? '';

/** The calendar day in that time zone, as a key: 2026-11-24. */
export function dayKey(date: Date, timeZone: string): string {
  const parts = partsOf(date, timeZone);
  return `${parts.year}-${two(parts.month)}-${two(parts.day)}`;
}

/** 10:42 */
export function clockTime(date: Date, timeZone: string): string {
  const parts = partsOf(date, timeZone);
  return `${two(parts.hour)}:${two(parts.minute)}`;
}

/** Tuesday, 24 November 2026, 10:42:07 */
export function exactTime(date: Date, timeZone: string): string {
  const parts = partsOf(date, timeZone);
  return `${weekdayOf(parts)}, ${parts.day} ${monthOf(parts)} ${parts.year}, ${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`;
}

/** Europe/Madrid · America/New York: which clock a time is by. */
export const zoneWords = (timeZone: string): string => timeZone.replaceAll('_', ' ');

/** Tuesday, 24 November 2026, 10:42:07 (Europe/Madrid) */
export const zonedTime = (date: Date, timeZone: string): string =>
  `${exactTime(date, timeZone)} (${zoneWords(timeZone)})`;

/** In a list: 10:42 today, Mon within six days, 23 Nov this year, 23 Nov 2025 before. */
export function listTime(date: Date, now: Date, timeZone: string): string {
  const [parts, today] = [partsOf(date, timeZone), partsOf(now, timeZone)];
  const age = dayNumber(today) - dayNumber(parts);
  if (age <= 0) return clockTime(date, timeZone);
  if (age < 7) return weekdayOf(parts).slice(0, 3);
  return shortDate(parts, today);
}

/** In a table: 24 Nov 2026. */
export function tableDate(date: Date, timeZone: string): string {
  const parts = partsOf(date, timeZone);
  return `${parts.day}\u00a0${monthOf(parts).slice(0, 3)}\u00a0${parts.year}`;
}

/** Between bubbles: Today · Yesterday, 23 November · Saturday, 21 November · 21 November 2025. */
export function dayName(date: Date, now: Date, timeZone: string): string {
  const [parts, today] = [partsOf(date, timeZone), partsOf(now, timeZone)];
  const age = dayNumber(today) - dayNumber(parts);
  const dayAndMonth = `${parts.day} ${monthOf(parts)}`;
  if (age === 0) return 'Today';
  if (age === 1) return `Yesterday, ${dayAndMonth}`;
  if (parts.year !== today.year) return `${weekdayOf(parts)}, ${dayAndMonth} ${parts.year}`;
  return `${weekdayOf(parts)}, ${dayAndMonth}`;
}

/** After "since" or in a fact: 10:42 today, Saturday, 16:34 within six days, 23 Nov, 17:02 before. */
export function sinceTime(date: Date, now: Date, timeZone: string): string {
  const [parts, today] = [partsOf(date, timeZone), partsOf(now, timeZone)];
  const age = dayNumber(today) - dayNumber(parts);
  const clock = clockTime(date, timeZone);
  if (age <= 0) return clock;
  if (age < 7) return `${weekdayOf(parts)}, ${clock}`;
  return `${shortDate(parts, today)}, ${clock}`;
}

/** At the end of "closed …": at 09:41 today, on Monday at 09:41 within six days, on 23 Nov at 09:41 before. */
export function closedTime(date: Date, now: Date, timeZone: string): string {
  const [parts, today] = [partsOf(date, timeZone), partsOf(now, timeZone)];
  const age = dayNumber(today) - dayNumber(parts);
  const clock = clockTime(date, timeZone);
  if (age <= 0) return `at ${clock}`;
  if (age < 7) return `on ${weekdayOf(parts)} at ${clock}`;
  return `on ${shortDate(parts, today)} at ${clock}`;
}

function shortDate(parts: Parts, today: Parts): string {
  const short = `${parts.day} ${monthOf(parts).slice(0, 3)}`;
  return parts.year === today.year ? short : `${short} ${parts.year}`;
}

/** 23 h 59 min · 38 min · less than a minute; with non-breaking spaces. */
export function timeLeft(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}\u00a0min`;
  return `${hours}\u00a0h ${minutes % 60}\u00a0min`.replace(' ', '\u00a0');
}
