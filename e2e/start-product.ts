import { rmSync } from 'node:fs';
import { dataFolder, ports } from './product.ts';

// The built product as `npm start` runs it, on ports and data of its own, from nothing.
rmSync(dataFolder, { recursive: true, force: true });
Object.assign(process.env, {
  PARLEY_DATA: dataFolder,
  PORT: String(ports.web),
  META_PORT: String(ports.meta),
  PGPORT: String(ports.database),
});
await import('#server/main.ts');
