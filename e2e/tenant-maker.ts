import { type ChildProcess, fork } from 'node:child_process';
import { encryptionKey, project, running } from './product.ts';

export type Tenant = {
  slug: string;
  name: string;
  password: string;
  owner: { email: string; name: string };
  agents: [{ email: string; name: string }, { email: string; name: string }];
  phoneNumberId: string;
  token: string;
};
type Made = Tenant & { displayPhoneNumber: string; wabaId: string };

let maker: ChildProcess | undefined;

/** A tenant in the product's database. One process makes all that this worker asks for: to start it takes a second. */
export function addTenant(slug: string, botOff: boolean, tier?: string): Promise<Made> {
  maker ??= startMaker();
  const child = maker;
  return new Promise((resolve, reject) => {
    const done = () => {
      child.off('message', onMade);
      child.off('exit', onExit);
    };
    const onMade = (tenant: Made) => {
      if (tenant.slug !== slug) return;
      done();
      resolve(tenant);
    };
    const onExit = () => {
      done();
      maker = undefined;
      reject(new Error(`the process that makes tenants ended before it had made ${slug}`));
    };
    child.on('message', onMade);
    child.once('exit', onExit);
    child.send({ slug, botOff, tier });
  });
}

function startMaker(): ChildProcess {
  const unused = {
    AUTH_SECRET: 'not used to make a tenant',
    META_APP_SECRET: 'unused',
    META_VERIFY_TOKEN: 'unused',
  };
  const child = fork('prisma/demo-tenant.ts', [], {
    cwd: project,
    env: {
      ...{ ...process.env, ...unused, LOG_LEVEL: 'silent' },
      ...{ DATABASE_URL: running().database, ENCRYPTION_KEY: encryptionKey() },
    },
  });
  // It ends with this process, and does not keep it.
  child.unref();
  child.channel?.unref();
  return child;
}
