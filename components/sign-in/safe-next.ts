/** Where to go after the sign-in: a place in this house, or else home. Strangers may write what they like into `?next=`. */
export function safeNext(next: string | string[] | undefined): string {
  const home = '/home';
  if (typeof next !== 'string' || !next.startsWith('/') || next.startsWith('//')) return home;
  const here = 'http://parley.invalid';
  const url = URL.canParse(next, here) ? new URL(next, here) : undefined;
  // Browsers read a backslash as a slash and drop tabs, so what counts is what the address comes to.
  if (url?.origin !== here || url.pathname.startsWith('//')) return home;
  if (/^\/(api|sign-in|sign-up|reset)(\/|$)/.test(url.pathname)) return home;
  return url.pathname + url.search + url.hash;
}
