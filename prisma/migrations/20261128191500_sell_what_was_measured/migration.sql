-- How the installation sells what was measured: one row.
CREATE TABLE "selling" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "overcommit" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "rate" TEXT NOT NULL DEFAULT 'sustainable',
    "assumptions" JSONB,
    "default_tier_id" UUID,

    CONSTRAINT "selling_pkey" PRIMARY KEY ("id"),
    CHECK ("id" = 1), CHECK ("overcommit" BETWEEN 0.1 AND 10), CHECK ("rate" IN ('sustainable', 'peak'))
);
ALTER TABLE "selling" ADD CONSTRAINT "selling_default_tier_id_fkey" FOREIGN KEY ("default_tier_id") REFERENCES "tiers"("id") ON DELETE SET NULL ON UPDATE CASCADE;
INSERT INTO "selling" ("default_tier_id") SELECT min("id"::text)::uuid FROM "tiers" WHERE "name" = 'Pilot';

ALTER TABLE "selling" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON "selling" TO parley_platform USING (true);
GRANT SELECT, UPDATE ON "selling" TO parley_platform;

-- The slots of days that are over and not yet folded, few among a year's rows.
CREATE INDEX "usage_unfolded_idx" ON "usage" ("day") WHERE "slot" <> 0;
