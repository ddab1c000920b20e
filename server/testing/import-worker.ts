import { workImports } from '#server/imports/work-import.ts';

// A worker of its own for one import, to be killed.
const [tenantId = '', importId = ''] = process.argv.slice(2);
for (;;) await workImports([{ tenantId, importId }]);
