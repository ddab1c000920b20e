-- AlterTable
ALTER TABLE "tenants" ADD COLUMN "suspended_at" TIMESTAMPTZ(3),
    ADD COLUMN "suspended_reason" TEXT,
    ADD COLUMN "suspended_by" TEXT,
    ADD COLUMN "delete_asked_at" TIMESTAMPTZ(3),
    ADD COLUMN "delete_reason" TEXT,
    ADD COLUMN "delete_asked_by" TEXT,
    ADD COLUMN "delete_after" TIMESTAMPTZ(3),
    ADD COLUMN "erasing_at" TIMESTAMPTZ(3);

-- Whatever asks whether a tenant may send asks its state alone.
ALTER TABLE "tenants"
    ADD CHECK ("state" = 'suspended' OR ("suspended_at" IS NULL AND "delete_after" IS NULL AND "erasing_at" IS NULL)),
    ADD CHECK (("delete_after" IS NULL) = ("delete_asked_at" IS NULL));

-- The few that wait for their end.
CREATE INDEX "tenants_delete_after_idx" ON "tenants" ("delete_after") WHERE "delete_after" IS NOT NULL;
