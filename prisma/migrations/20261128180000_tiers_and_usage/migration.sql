-- What is sold, what of it is spent, and what waits because too much was.

CREATE TABLE "tiers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "leads" INTEGER,
    "active_conversations" INTEGER,
    "messages" INTEGER,
    "peak_rate" DOUBLE PRECISION,
    "burst" INTEGER,
    "members" INTEGER,
    "channels" INTEGER,
    "grace" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tiers_pkey" PRIMARY KEY ("id"),
    CHECK ("leads" >= 0), CHECK ("active_conversations" >= 0), CHECK ("messages" >= 0), CHECK ("peak_rate" > 0),
    CHECK ("burst" >= 1), CHECK ("members" >= 1), CHECK ("channels" >= 0), CHECK ("grace" BETWEEN 0 AND 100)
);
CREATE UNIQUE INDEX "tiers_name_key" ON "tiers"("name");

CREATE TABLE "grants" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quota" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "grants_pkey" PRIMARY KEY ("tenant_id","id"),
    CHECK ("value" >= 0),
    CHECK ("quota" IN ('leads', 'active_conversations', 'messages', 'peak_rate', 'burst', 'members', 'channels', 'grace'))
);
-- One at a time for each quota: a newer one replaces it.
CREATE UNIQUE INDEX "grants_open_idx" ON "grants" ("tenant_id", "quota") WHERE "revoked_at" IS NULL;

CREATE TABLE "usage" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "channel_id" UUID NOT NULL,
    "slot" SMALLINT NOT NULL,
    "inbound" INTEGER NOT NULL DEFAULT 0,
    "outbound" INTEGER NOT NULL DEFAULT 0,
    "active" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("tenant_id","day","channel_id","slot")
) WITH (fillfactor = 50);
CREATE INDEX "usage_day_idx" ON "usage"("day");

CREATE TABLE "quota_warnings" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "quota" TEXT NOT NULL,
    "level" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quota_warnings_pkey" PRIMARY KEY ("tenant_id","day","quota","level")
);

CREATE TABLE "rate_buckets" (
    "tenant_id" UUID NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_buckets_pkey" PRIMARY KEY ("tenant_id")
) WITH (fillfactor = 50);

CREATE TABLE "traffic" (
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "inbound" INTEGER NOT NULL,
    "outbound" INTEGER NOT NULL,
    "totals" JSONB NOT NULL,

    CONSTRAINT "traffic_pkey" PRIMARY KEY ("minute")
);

CREATE TABLE "load_runs" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scenario" TEXT NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,
    "run" JSONB NOT NULL,
    "in_use" BOOLEAN NOT NULL DEFAULT false,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added_by" TEXT,

    CONSTRAINT "load_runs_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "load_runs_name_key" ON "load_runs"("name");
CREATE INDEX "load_runs_measured_at_idx" ON "load_runs"("measured_at" DESC);
-- One is what capacity is sold by.
CREATE UNIQUE INDEX "load_runs_in_use_idx" ON "load_runs" ("in_use") WHERE "in_use";

ALTER TABLE "tenants" ADD COLUMN "tier_id" UUID,
    ADD COLUMN "former_time_zone" TEXT,
    ADD COLUMN "time_zone_from" TIMESTAMPTZ(3);
CREATE INDEX "tenants_tier_id_idx" ON "tenants"("tier_id");
ALTER TABLE "conversations" ADD COLUMN "active_on" DATE, ADD COLUMN "active_by" UUID;
ALTER TABLE "messages" ADD COLUMN "held_at" TIMESTAMPTZ(3), ADD COLUMN "counted_on" DATE;
-- The few that wait for their tenant's quota.
CREATE INDEX "messages_held_idx" ON "messages" ("tenant_id", "held_at", "id") WHERE "held_at" IS NOT NULL;

ALTER TABLE "tenants" ADD CONSTRAINT "tenants_tier_id_fkey" FOREIGN KEY ("tier_id") REFERENCES "tiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "grants" ADD CONSTRAINT "grants_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "usage" ADD CONSTRAINT "usage_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "quota_warnings" ADD CONSTRAINT "quota_warnings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "rate_buckets" ADD CONSTRAINT "rate_buckets_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The report's client limits, by its assumptions: 30 % of the leads active a day, 15 messages each, half of them
-- outgoing, three times the average in the peak hour of 16. See load/model/tiers.ts.
INSERT INTO "tiers" ("id", "name", "position", "leads", "active_conversations", "messages", "peak_rate", "burst", "members", "channels") VALUES
    ('01940000-0000-7000-8000-000000000001', 'Pilot', 1, 5000, 1500, 11250, 1.2, 60, 10, 3),
    ('01940000-0000-7000-8000-000000000002', 'Standard', 2, 3000, 900, 6750, 0.75, 60, 10, 3),
    ('01940000-0000-7000-8000-000000000003', 'Maximum', 3, 1500, 450, 3375, 0.4, 60, 5, 2);

-- The tenant's day at a moment. After the zone was changed the former one counts until its next midnight.
CREATE FUNCTION usage_day(zone text, former text, zone_from timestamptz, moment timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (moment AT TIME ZONE CASE WHEN moment < zone_from THEN former ELSE zone END)::date
$$;
-- When the next one begins, and with it what was granted for a day.
CREATE FUNCTION usage_renews_at(zone text, former text, zone_from timestamptz, moment timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN moment < zone_from THEN zone_from
                ELSE ((moment AT TIME ZONE zone)::date + 1)::timestamp AT TIME ZONE zone END
$$;

-- Whoever changes a tenant's zone cannot begin a new day with it.
CREATE FUNCTION keep_the_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One that was changed twice before midnight still counts by the first.
    IF NEW.time_zone_from IS NULL OR now() >= NEW.time_zone_from THEN
        NEW.former_time_zone := OLD.time_zone;
        NEW.time_zone_from := usage_renews_at(OLD.time_zone, NULL, NULL, now());
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_the_day BEFORE UPDATE OF "time_zone" ON "tenants" FOR EACH ROW
    WHEN (OLD."time_zone" IS DISTINCT FROM NEW."time_zone") EXECUTE FUNCTION keep_the_day();

-- What each tenant may spend now: its tier's, but where a grant says otherwise. Null: as much as it likes.
CREATE VIEW "tenant_quotas" WITH (security_invoker = true) AS
SELECT t.id AS tenant_id, t.tier_id, tier.name AS tier,
       coalesce(g.leads, tier.leads)::int AS leads,
       coalesce(g.active_conversations, tier.active_conversations)::int AS active_conversations,
       coalesce(g.messages, tier.messages)::int AS messages,
       coalesce(g.peak_rate, tier.peak_rate) AS peak_rate,
       coalesce(g.burst, tier.burst)::int AS burst,
       coalesce(g.members, tier.members)::int AS members,
       coalesce(g.channels, tier.channels)::int AS channels,
       coalesce(g.grace, tier.grace, 0)::int AS grace
FROM tenants t
LEFT JOIN tiers tier ON tier.id = t.tier_id
LEFT JOIN LATERAL (
    SELECT max(value) FILTER (WHERE quota = 'leads') AS leads,
           max(value) FILTER (WHERE quota = 'active_conversations') AS active_conversations,
           max(value) FILTER (WHERE quota = 'messages') AS messages,
           max(value) FILTER (WHERE quota = 'peak_rate') AS peak_rate,
           max(value) FILTER (WHERE quota = 'burst') AS burst,
           max(value) FILTER (WHERE quota = 'members') AS members,
           max(value) FILTER (WHERE quota = 'channels') AS channels,
           max(value) FILTER (WHERE quota = 'grace') AS grace
    FROM grants WHERE tenant_id = t.id AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
) g ON true;

DO $$
DECLARE tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['grants', 'usage', 'quota_warnings', 'rate_buckets'] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO parley_platform', tenant_table);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('CREATE POLICY tenant ON %I TO parley_tenant USING (tenant_id = current_setting(''app.tenant_id'')::uuid)', tenant_table);
        EXECUTE format('CREATE POLICY platform ON %I TO parley_platform USING (true)', tenant_table);
    END LOOP;
END $$;
-- A tenant counts what its members send; what it was granted and warned of only the platform writes.
GRANT SELECT, INSERT, UPDATE ON "usage" TO parley_tenant;
GRANT SELECT ON "grants", "quota_warnings", "rate_buckets", "tenant_quotas" TO parley_tenant;

-- No tenant sees what others are sold.
ALTER TABLE "tiers" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "tiers" FOR SELECT TO parley_tenant USING (
    id = (SELECT tier_id FROM tenants WHERE tenants.id = current_setting('app.tenant_id')::uuid));
CREATE POLICY platform ON "tiers" TO parley_platform USING (true);
GRANT SELECT ON "tiers" TO parley_tenant;
ALTER TABLE "traffic" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON "traffic" TO parley_platform USING (true);
ALTER TABLE "load_runs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON "load_runs" TO parley_platform USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "tiers", "traffic", "load_runs" TO parley_platform;
GRANT SELECT ON "tenant_quotas" TO parley_platform;
