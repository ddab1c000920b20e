-- CreateTable
CREATE TABLE "channel_drafts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "waba_id" TEXT NOT NULL,
    "app_id" TEXT,
    "access_token" BYTEA NOT NULL,
    "app_secret" BYTEA,
    "verify_token" BYTEA,
    "pin" BYTEA,
    "display_phone_number" TEXT,
    "verified_name" TEXT,
    "shaken_at" TIMESTAMPTZ(3),
    "results" JSONB NOT NULL DEFAULT '[]',
    "checked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_drafts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "channel_drafts_key_idx" ON "channel_drafts"("key");

-- CreateIndex
CREATE UNIQUE INDEX "channel_drafts_tenant_id_phone_number_id_key" ON "channel_drafts"("tenant_id", "phone_number_id");

-- AddForeignKey
ALTER TABLE "channel_drafts" ADD CONSTRAINT "channel_drafts_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An app of one's own has all three of these, the platform's none.
ALTER TABLE "channel_drafts"
    ADD CHECK (("app_id" IS NULL) = ("app_secret" IS NULL)),
    ADD CHECK (("app_id" IS NULL) = ("verify_token" IS NULL)),
    ADD CHECK (jsonb_typeof("results") = 'array');

GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_drafts" TO parley_tenant, parley_platform;
ALTER TABLE "channel_drafts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "channel_drafts" TO parley_tenant USING ("tenant_id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "channel_drafts" TO parley_platform USING (true);
