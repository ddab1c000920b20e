-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "superadmin" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scripts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scripts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "script_versions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "script_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "script" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "script_versions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "runs" (
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "script_version_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "misses" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runs_pkey" PRIMARY KEY ("tenant_id","conversation_id")
);

-- CreateTable
CREATE TABLE "turns" (
    "tenant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "step_before" TEXT,
    "step_after" TEXT,
    "replies" INTEGER,

    CONSTRAINT "turns_pkey" PRIMARY KEY ("tenant_id","message_id")
);

-- CreateTable
CREATE TABLE "channels" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "waba_id" TEXT NOT NULL,
    "display_phone_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "access_token" BYTEA NOT NULL,
    "app_secret" BYTEA,
    "verify_token" BYTEA,
    "bot_on" BOOLEAN NOT NULL DEFAULT false,
    "script_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "holder" TEXT NOT NULL,
    "assignee_id" UUID,
    "held_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_id" UUID,
    "inbound_count" INTEGER NOT NULL DEFAULT 0,
    "last_inbound_at" TIMESTAMPTZ(3),
    "window_closes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "messages" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "direction" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "author_id" UUID,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "content" JSONB,
    "quoted_wamid" TEXT,
    "wamid" TEXT,
    "queued_at" TIMESTAMPTZ(3),
    "unknown_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "failure" JSONB,
    -- One time per rung; the status is the highest rung reached. A failure outranks "sent" and never hides a delivery.
    "status" TEXT GENERATED ALWAYS AS (CASE
        WHEN "direction" = 'inbound' THEN NULL
        WHEN "read_at" IS NOT NULL THEN 'read'
        WHEN "delivered_at" IS NOT NULL THEN 'delivered'
        WHEN "failed_at" IS NOT NULL THEN 'failed'
        WHEN "sent_at" IS NOT NULL THEN 'sent'
        WHEN "accepted_at" IS NOT NULL THEN 'accepted'
        WHEN "unknown_at" IS NOT NULL THEN 'unknown'
        ELSE 'queued'
    END) STORED,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "conversation_events" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_id" UUID,
    "detail" TEXT,

    CONSTRAINT "conversation_events_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "read_marks" (
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "read_count" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "read_marks_pkey" PRIMARY KEY ("tenant_id","conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "tenant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "unknown" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("tenant_id","message_id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "tenant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "failure" JSONB,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("tenant_id","message_id","number")
);

-- CreateTable
CREATE TABLE "early_statuses" (
    "tenant_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "wamid" TEXT NOT NULL,
    "rung" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "failure" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "early_statuses_pkey" PRIMARY KEY ("tenant_id","channel_id","wamid","rung")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "channel_key" TEXT,
    "reason" TEXT NOT NULL,
    "details" TEXT,
    "payload" BYTEA NOT NULL,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leads" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT,
    "profile_name" TEXT,
    "username" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "addresses" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "raw" TEXT NOT NULL,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "language" TEXT NOT NULL DEFAULT 'en',
    "state" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("tenant_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "script_versions_tenant_id_script_id_number_key" ON "script_versions"("tenant_id", "script_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "channels_key_key" ON "channels"("key");

-- CreateIndex
CREATE UNIQUE INDEX "channels_phone_number_id_key" ON "channels"("phone_number_id");

-- CreateIndex
CREATE INDEX "channels_waba_id_idx" ON "channels"("waba_id");

-- CreateIndex
CREATE INDEX "conversations_tenant_id_lead_id_idx" ON "conversations"("tenant_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversations_tenant_id_channel_id_lead_id_key" ON "conversations"("tenant_id", "channel_id", "lead_id");

-- CreateIndex
CREATE INDEX "messages_tenant_id_conversation_id_at_id_idx" ON "messages"("tenant_id", "conversation_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "messages_tenant_id_channel_id_wamid_key" ON "messages"("tenant_id", "channel_id", "wamid");

-- CreateIndex
CREATE INDEX "conversation_events_tenant_id_conversation_id_at_id_idx" ON "conversation_events"("tenant_id", "conversation_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "outbox_tenant_id_conversation_id_at_message_id_idx" ON "outbox"("tenant_id", "conversation_id", "at", "message_id");

-- CreateIndex
CREATE INDEX "outbox_due_at_idx" ON "outbox"("due_at");

-- CreateIndex
CREATE INDEX "early_statuses_received_at_idx" ON "early_statuses"("received_at");

-- CreateIndex
CREATE INDEX "quarantine_at_idx" ON "quarantine"("at");

-- CreateIndex
CREATE INDEX "addresses_tenant_id_lead_id_idx" ON "addresses"("tenant_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "addresses_tenant_id_kind_scope_value_key" ON "addresses"("tenant_id", "kind", "scope", "value");

-- CreateIndex
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants"("slug");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scripts" ADD CONSTRAINT "scripts_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script_versions" ADD CONSTRAINT "script_versions_tenant_id_script_id_fkey" FOREIGN KEY ("tenant_id", "script_id") REFERENCES "scripts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversations"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_script_version_id_fkey" FOREIGN KEY ("tenant_id", "script_version_id") REFERENCES "script_versions"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "turns" ADD CONSTRAINT "turns_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_tenant_id_script_id_fkey" FOREIGN KEY ("tenant_id", "script_id") REFERENCES "scripts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_channel_id_fkey" FOREIGN KEY ("tenant_id", "channel_id") REFERENCES "channels"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "leads"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversations"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_events" ADD CONSTRAINT "conversation_events_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversations"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_marks" ADD CONSTRAINT "read_marks_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversations"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_marks" ADD CONSTRAINT "read_marks_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "members"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "leads"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say -------------------------------------------------------------------------

-- Words, not enums: a new word is one line in a later migration.
ALTER TABLE "tenants" ADD CHECK ("slug" ~ '^[a-z0-9][a-z0-9-]{0,62}$'), ADD CHECK ("state" IN ('active', 'suspended'));
ALTER TABLE "members" ADD CHECK ("role" IN ('owner', 'admin', 'agent'));
ALTER TABLE "addresses" ADD CHECK ("kind" IN ('phone', 'bsuid'));
ALTER TABLE "conversations"
    ADD CHECK ("holder" IN ('bot', 'member', 'nobody')),
    ADD CHECK (("holder" = 'member') = ("assignee_id" IS NOT NULL));
ALTER TABLE "messages"
    ADD CHECK ("direction" IN ('inbound', 'outbound')),
    ADD CHECK ("author" IN ('lead', 'bot', 'member')),
    ADD CHECK (("direction" = 'inbound') = ("author" = 'lead')),
    ADD CHECK (("direction" = 'outbound') = ("queued_at" IS NOT NULL));
ALTER TABLE "early_statuses" ADD CHECK ("rung" IN ('sent', 'delivered', 'read', 'failed'));

-- The bot's open turns, and nothing else: what the sweeper and every drain read.
CREATE INDEX "turns_open_idx" ON "turns" ("tenant_id", "conversation_id") WHERE "decided_at" IS NULL;
-- The two tabs that are small by nature.
CREATE INDEX "conversations_mine_idx" ON "conversations" ("tenant_id", "assignee_id", "last_at" DESC, "id" DESC) WHERE "open" AND "holder" = 'member';
CREATE INDEX "conversations_unassigned_idx" ON "conversations" ("tenant_id", "last_at" DESC, "id" DESC) WHERE "open" AND "holder" = 'nobody';
CREATE INDEX "conversations_open_idx" ON "conversations" ("tenant_id", "last_at" DESC, "id" DESC) WHERE "open";
CREATE INDEX "conversations_closed_idx" ON "conversations" ("tenant_id", "last_at" DESC, "id" DESC) WHERE NOT "open";

-- Rows that are updated often keep room on their page, so that an update touches no index.
ALTER TABLE "messages" SET (fillfactor = 85);
ALTER TABLE "conversations" SET (fillfactor = 80);
-- Tables that fill and empty: old counts mislead the planner, dead rows pile up.
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "turns" SET (autovacuum_analyze_scale_factor = 0.02);

-- Who may do what --------------------------------------------------------------------------------------------------
-- Three roles that nobody logs in as. Roles belong to the cluster, so another database may have made them, even right now.
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['parley_tenant', 'parley_platform', 'parley_jobs'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', wanted);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO parley_tenant, parley_platform;

-- Tenant tables: parley_tenant sees the rows of the tenant in the setting app.tenant_id and no others; without the
-- setting the query fails. parley_platform (ingest, the queue's handlers, sign-in) sees all.
DO $$
DECLARE tenant_table regclass;
BEGIN
    FOR tenant_table IN
        SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id'
    LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO parley_tenant, parley_platform', tenant_table);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('CREATE POLICY tenant ON %s TO parley_tenant USING (tenant_id = current_setting(''app.tenant_id'')::uuid)', tenant_table);
        EXECUTE format('CREATE POLICY platform ON %s TO parley_platform USING (true)', tenant_table);
    END LOOP;
END $$;

-- A tenant reads and renames itself.
GRANT SELECT, UPDATE ("name", "time_zone", "language") ON "tenants" TO parley_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON "tenants" TO parley_platform;
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "tenants" TO parley_tenant USING ("id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "tenants" TO parley_platform USING (true);

-- A tenant sees its members' names, never a password's hash.
GRANT SELECT ("id", "email", "name") ON "users" TO parley_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON "users" TO parley_platform;
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "users" FOR SELECT TO parley_tenant USING (EXISTS (
    SELECT FROM "members" m WHERE m."tenant_id" = current_setting('app.tenant_id')::uuid AND m."user_id" = "users"."id"
));
CREATE POLICY platform ON "users" TO parley_platform USING (true);

-- Sessions and what could not be understood: the platform's alone.
GRANT SELECT, INSERT, UPDATE, DELETE ON "sessions", "quarantine" TO parley_platform;
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "quarantine" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON "sessions" TO parley_platform USING (true);
CREATE POLICY platform ON "quarantine" TO parley_platform USING (true);

-- Search -----------------------------------------------------------------------------------------------------------
-- ILIKE is not leakproof, so under row-level security its index is not used (35 to 60 times slower). This function
-- runs as parley_platform and filters by the tenant itself.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX "leads_search_idx" ON "leads" USING gin ("tenant_id", (lower(coalesce("name", '') || ' ' || coalesce("profile_name", '') || ' ' || coalesce("username", ''))) gin_trgm_ops);
-- Both spellings of a number: the one that people see, and the one that stays the same.
CREATE INDEX "addresses_search_idx" ON "addresses" USING gin ("tenant_id", ("value" || ' ' || "raw") gin_trgm_ops) WHERE "kind" = 'phone';

CREATE FUNCTION search_leads(needle text, digits text, most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    (SELECT id FROM leads
     WHERE tenant_id = current_setting('app.tenant_id')::uuid
       AND lower(coalesce(name, '') || ' ' || coalesce(profile_name, '') || ' ' || coalesce(username, '')) LIKE '%' || needle || '%'
     LIMIT most)
    UNION
    (SELECT lead_id FROM addresses
     WHERE digits <> '' AND tenant_id = current_setting('app.tenant_id')::uuid AND kind = 'phone'
       AND value || ' ' || raw LIKE '%' || digits || '%'
     LIMIT most)
$$;
REVOKE ALL ON FUNCTION search_leads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_leads TO parley_tenant;
-- Handing it over takes membership and the right to create, for this moment only.
GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;
ALTER FUNCTION search_leads OWNER TO parley_platform;
REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;
