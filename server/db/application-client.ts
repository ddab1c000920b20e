import pg from 'pg';
import { env } from '#server/env.ts';
import { currentKey } from '#server/secrets/keys.ts';
import { applicationUrl } from './login.ts';

/** The address that the application connects to at this moment: a new encryption key brings another login. */
export const applicationAddress = () => applicationUrl(env().DATABASE_URL, currentKey().base64);

/** A connection under the login of this moment: a pool of them goes over to another one as its connections are renewed. */
export class ApplicationClient extends pg.Client {
  constructor(settings?: pg.ClientConfig) {
    super({ ...settings, connectionString: applicationAddress() });
  }
}
