import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dataFolder, ports, project } from './product.ts';

// The built product as `npm start` runs it, on ports and data of its own, from nothing.
rmSync(dataFolder, { recursive: true, force: true });
const product = spawn(process.execPath, ['server/main.ts'], {
  cwd: project,
  env: {
    ...process.env,
    PARLEY_DATA: dataFolder,
    PORT: String(ports.web),
    META_PORT: String(ports.meta),
    PGPORT: String(ports.database),
  },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => product.kill('SIGTERM'));
product.on('exit', (code) => process.exit(code ?? 1));
