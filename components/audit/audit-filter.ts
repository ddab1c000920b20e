/** What the log is narrowed to, as the server asks for it. Days are the tenant's own. */
export type AuditFilter = {
  who: string | null;
  what: string | null;
  firstDay: string | null;
  lastDay: string | null;
};

export const noFilter: AuditFilter = { who: null, what: null, firstDay: null, lastDay: null };

const names = ['who', 'what', 'firstDay', 'lastDay'] as const;
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
const isWhole: Record<(typeof names)[number], (text: string) => boolean> = {
  who: (text) => /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|system)$/.test(text),
  what: (text) => /^[a-z0-9-]{1,40}$/.test(text),
  firstDay: isDay,
  lastDay: isDay,
};

/** The filter in an address; what makes no sense there is no filter. */
export function readFilter(get: (name: string) => string | null): AuditFilter {
  const [who = null, what = null, firstDay = null, lastDay = null] = names.map((name) => {
    const text = get(name);
    return text !== null && isWhole[name](text) ? text : null;
  });
  return { who, what, firstDay, lastDay };
}

/** "?who=…&firstDay=…", or nothing. */
export function filterQuery(filter: AuditFilter): string {
  const given = names.flatMap((name): [string, string][] => {
    const value = filter[name];
    return value === null ? [] : [[name, value]];
  });
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
