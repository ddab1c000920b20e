-- AlterTable
ALTER TABLE "channels" ADD COLUMN "app_id" TEXT,
    ADD COLUMN "app_secret_before" BYTEA,
    ADD COLUMN "app_secret_before_until" TIMESTAMPTZ(3),
    ADD COLUMN "verify_token_before" BYTEA,
    ADD COLUMN "verify_token_before_until" TIMESTAMPTZ(3),
    ADD COLUMN "disconnected_at" TIMESTAMPTZ(3),
    ADD COLUMN "bot_on_before" BOOLEAN;

ALTER TABLE "channels"
    ADD CHECK (("app_secret_before" IS NULL) = ("app_secret_before_until" IS NULL)),
    ADD CHECK (("verify_token_before" IS NULL) = ("verify_token_before_until" IS NULL)),
    ADD CHECK ("disconnected_at" IS NULL OR NOT "bot_on");

-- CreateTable
CREATE TABLE "channel_health" (
    "tenant_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'unknown',
    "problem" TEXT,
    "since" TIMESTAMPTZ(3),
    "details" TEXT,
    "reported" BOOLEAN NOT NULL DEFAULT false,
    "number_status" TEXT,
    "quality" TEXT,
    "messaging_limit" TEXT,
    "can_send" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "webhook_at" TIMESTAMPTZ(3),
    "rejected_at" TIMESTAMPTZ(3),
    "rejected_kind" TEXT,
    "rejections" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "channel_health_pkey" PRIMARY KEY ("tenant_id","channel_id")
);

-- AddForeignKey
ALTER TABLE "channel_health" ADD CONSTRAINT "channel_health_tenant_id_channel_id_fkey" FOREIGN KEY ("tenant_id", "channel_id") REFERENCES "channels"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_health" TO parley_tenant, parley_platform;
ALTER TABLE "channel_health" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "channel_health" TO parley_tenant USING ("tenant_id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "channel_health" TO parley_platform USING (true);
