import { withTenant } from '#server/db/with-tenant.ts';

/**
 * Sorts new leads into the search's indexes, which only note them when they come at full pace. They are found before as
 * well, by reading through all that is noted; nothing is lost when this fails. Beside the import, on the other core.
 */
export const sortInLeads = (tenantId: string) =>
  withTenant(tenantId, ({ db }) => db.$queryRaw`select sort_in_leads()::text`);
