-- What Meta says that it counted: once for each message that arrived, by its category and how it is charged.
CREATE TABLE "charges" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "channel_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "charges_pkey" PRIMARY KEY ("tenant_id","month","channel_id","category","type","slot")
) WITH (fillfactor = 50);
ALTER TABLE "charges" ADD CONSTRAINT "charges_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "charges" TO parley_platform;
GRANT SELECT ON "charges" TO parley_tenant;
ALTER TABLE "charges" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "charges" TO parley_tenant USING (tenant_id = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "charges" TO parley_platform USING (true);

-- In which month a message was counted, and by which write: whoever finds its own mark there was the first.
ALTER TABLE "messages" ADD COLUMN "charged_in" DATE, ADD COLUMN "charge_mark" BIGINT;

ALTER TABLE "early_statuses" ADD COLUMN "category" TEXT, ADD COLUMN "type" TEXT;
