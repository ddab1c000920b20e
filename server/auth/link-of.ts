import { asPlatform } from '#server/db/as-platform.ts';
import { readLink } from './links.ts';

/** What the page behind a letter's link shows before anybody clicks; null when the link does not work any more. */
export async function linkOf(token: string) {
  const link = await asPlatform((tx) => readLink(tx, token));
  return link ? { purpose: link.purpose, email: link.email, name: link.name } : null;
}
