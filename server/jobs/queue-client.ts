import type pg from 'pg';
import { ApplicationClient } from '#server/db/application-client.ts';
import { statementName } from '#server/db/statement-name.ts';

const mayBePrepared = /^\s*with\s/i;

/**
 * A connection of the queue's. What each batch of jobs asks (take some, they are done) is planned once and not each
 * time, which took two thirds of its time. These begin with a list of their own; other things that pg-boss asks are
 * rare, or several statements in one text.
 */
export class QueueClient extends ApplicationClient {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const isHot = typeof text === 'string' && Array.isArray(values) && mayBePrepared.test(text);
    const asked = isHot ? [{ name: statementName({ sql: text }), text, values }, ...rest] : args;
    return super.query.apply(this, asked as Parameters<pg.Client['query']>) as never;
  }
}
