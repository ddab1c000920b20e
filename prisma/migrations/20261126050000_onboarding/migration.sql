-- AlterTable
ALTER TABLE "tenants" ADD COLUMN "created_by" UUID;

-- CreateIndex
CREATE INDEX "tenants_created_by_idx" ON "tenants"("created_by");

-- CreateTable
CREATE TABLE "onboarding" (
    "tenant_id" UUID NOT NULL,
    "skipped" TEXT[] NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "onboarding_pkey" PRIMARY KEY ("tenant_id")
);

-- AddForeignKey
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding" ADD CONSTRAINT "onboarding_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "onboarding" TO parley_tenant, parley_platform;
ALTER TABLE "onboarding" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "onboarding" TO parley_tenant USING ("tenant_id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "onboarding" TO parley_platform USING (true);
