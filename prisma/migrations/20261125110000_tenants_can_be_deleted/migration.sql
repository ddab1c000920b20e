-- `DELETE FROM tenants` takes everything of a tenant with it. RESTRICT would refuse while the statement still runs;
-- NO ACTION looks at its end, and goes on keeping a channel, a lead or a script that is in use.

-- DropForeignKey
ALTER TABLE "runs" DROP CONSTRAINT "runs_tenant_id_script_version_id_fkey";

-- DropForeignKey
ALTER TABLE "channels" DROP CONSTRAINT "channels_tenant_id_script_id_fkey";

-- DropForeignKey
ALTER TABLE "conversations" DROP CONSTRAINT "conversations_tenant_id_channel_id_fkey";

-- DropForeignKey
ALTER TABLE "conversations" DROP CONSTRAINT "conversations_tenant_id_lead_id_fkey";

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_script_version_id_fkey" FOREIGN KEY ("tenant_id", "script_version_id") REFERENCES "script_versions"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_tenant_id_script_id_fkey" FOREIGN KEY ("tenant_id", "script_id") REFERENCES "scripts"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_channel_id_fkey" FOREIGN KEY ("tenant_id", "channel_id") REFERENCES "channels"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "leads"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- News for tenants that were deleted by hand. An owner that is no superuser sees the rows only while this is not forced.
ALTER TABLE "early_statuses" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "tenants" NO FORCE ROW LEVEL SECURITY;
DELETE FROM "early_statuses" e WHERE NOT EXISTS (SELECT FROM "tenants" t WHERE t."id" = e."tenant_id");
ALTER TABLE "early_statuses" FORCE ROW LEVEL SECURITY;
ALTER TABLE "tenants" FORCE ROW LEVEL SECURITY;

-- AddForeignKey
ALTER TABLE "early_statuses" ADD CONSTRAINT "early_statuses_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
