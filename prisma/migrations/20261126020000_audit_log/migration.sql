-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "address" TEXT,
    "device" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_tenant_id_at_id_idx" ON "audit"("tenant_id", "at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "audit" ADD CONSTRAINT "audit_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit"
    ADD CHECK ("action" ~ '^[a-z0-9-]+\.[a-z0-9-]+$'),
    ADD CHECK (jsonb_typeof("details") = 'object');

-- Append-only by rights: nobody whom the application can become may change or take away what is written. Only the
-- deletion of the tenant takes its rows along, because a foreign key acts as the table's owner.
GRANT SELECT, INSERT ON "audit" TO parley_tenant, parley_platform;
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "audit" TO parley_tenant USING ("tenant_id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "audit" TO parley_platform USING (true);
