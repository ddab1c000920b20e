-- AlterTable
ALTER TABLE "users" ADD COLUMN "email_confirmed_at" TIMESTAMPTZ(3),
    ADD COLUMN "totp_secret" BYTEA,
    ADD COLUMN "totp_on_at" TIMESTAMPTZ(3),
    ADD COLUMN "totp_step" INTEGER;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN "address" TEXT;

-- CreateTable
CREATE TABLE "account_links" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" BYTEA NOT NULL,
    "spent" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "letters" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT,
    "link" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "letters_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_links_token_hash_key" ON "account_links"("token_hash");

-- CreateIndex
CREATE INDEX "account_links_user_id_purpose_idx" ON "account_links"("user_id", "purpose");

-- CreateIndex
CREATE INDEX "rate_limits_ends_at_idx" ON "rate_limits"("ends_at");

-- CreateIndex
CREATE INDEX "letters_created_at_idx" ON "letters"("created_at");

-- CreateIndex
CREATE INDEX "letters_tenant_id_idx" ON "letters"("tenant_id");

-- AddForeignKey
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letters" ADD CONSTRAINT "letters_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Whoever has a login until now was let in by an administrator, who knew the address.
UPDATE "users" SET "email_confirmed_at" = "created_at";

ALTER TABLE "users" ADD CHECK ("totp_on_at" IS NULL OR "totp_secret" IS NOT NULL);
ALTER TABLE "account_links" ADD CHECK ("purpose" IN ('confirm', 'change-email', 'reset'));

-- A person's own: the platform's alone.
DO $$
DECLARE own regclass;
BEGIN
    FOREACH own IN ARRAY ARRAY['account_links', 'recovery_codes', 'rate_limits']::regclass[] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO parley_platform', own);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', own);
        EXECUTE format('CREATE POLICY platform ON %s TO parley_platform USING (true)', own);
    END LOOP;
END $$;

-- A tenant writes letters in its own transactions and sees those; people's own have no tenant.
GRANT SELECT, INSERT, UPDATE, DELETE ON "letters" TO parley_tenant, parley_platform;
ALTER TABLE "letters" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "letters" TO parley_tenant USING ("tenant_id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "letters" TO parley_platform USING (true);

-- What has not been sent yet, and nothing else.
CREATE INDEX "letters_open_idx" ON "letters" ("due_at") WHERE "sent_at" IS NULL AND "failed_at" IS NULL;

-- Filled and emptied all the time: dead rows pile up.
ALTER TABLE "rate_limits" SET (autovacuum_vacuum_scale_factor = 0.02);
