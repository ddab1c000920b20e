import { hostname } from 'node:os';
import type { Actor } from '#server/audit/record-audit.ts';

/** Who the audit log says that did it: whoever may run commands on this machine. */
export const setupActor = (): Actor => ({
  ...{ userId: null, name: 'Setup command' },
  ...{ address: null, device: hostname() },
});
