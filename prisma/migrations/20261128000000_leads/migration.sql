-- AlterTable
ALTER TABLE "leads" ADD COLUMN "assignee_id" UUID,
    ADD COLUMN "blocked_at" TIMESTAMPTZ(3),
    ADD COLUMN "consent" TEXT NOT NULL DEFAULT 'unknown',
    ADD COLUMN "deleted_at" TIMESTAMPTZ(3),
    ADD COLUMN "email" TEXT,
    ADD COLUMN "fields" JSONB NOT NULL DEFAULT '{}',
    ADD COLUMN "label_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
    ADD COLUMN "language" TEXT,
    ADD COLUMN "merged_into" UUID,
    ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "source" TEXT NOT NULL DEFAULT 'wrote';

-- AlterTable
ALTER TABLE "tenants" ADD COLUMN "country" TEXT,
    ADD COLUMN "opt_in_words" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "opt_out_words" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "files" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" BIGINT NOT NULL DEFAULT 0,
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "files_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "file_pieces" (
    "tenant_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "file_pieces_pkey" PRIMARY KEY ("tenant_id","file_id","number")
);

-- CreateTable
CREATE TABLE "imports" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "file_id" UUID,
    "file_name" TEXT NOT NULL,
    "file_size" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "format" JSONB NOT NULL DEFAULT '{}',
    "options" JSONB NOT NULL DEFAULT '{}',
    "lines" INTEGER NOT NULL DEFAULT 0,
    "lines_total" INTEGER,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "doubled" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "undone" JSONB,

    CONSTRAINT "imports_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_rows" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "lead_id" UUID NOT NULL,
    "before" JSONB,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "import_rows_pkey" PRIMARY KEY ("tenant_id","import_id","line")
);

-- CreateTable
CREATE TABLE "import_problems" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "column" TEXT,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "cells" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "import_problems_pkey" PRIMARY KEY ("tenant_id","import_id","line","number")
);

-- CreateTable
CREATE TABLE "exports" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "file_id" UUID,
    "format" TEXT NOT NULL,
    "order" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "meant" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "exports_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "labels" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "labels_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_fields" (
    "tenant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "choices" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_fields_pkey" PRIMARY KEY ("tenant_id","key")
);

-- CreateTable
CREATE TABLE "segments" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_notes" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_notes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_events" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "lead_events_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "consents" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "merges" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "survivor_id" UUID NOT NULL,
    "merged_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID NOT NULL,
    "actor_name" TEXT NOT NULL,
    "moved" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "merges_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "merge_refusals" (
    "tenant_id" UUID NOT NULL,
    "one_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "merge_refusals_pkey" PRIMARY KEY ("tenant_id","one_id","other_id")
);

-- CreateTable
CREATE TABLE "bulk_changes" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "meant" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_changes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "bulk_change_rows" (
    "tenant_id" UUID NOT NULL,
    "change_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "before" JSONB NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "bulk_change_rows_pkey" PRIMARY KEY ("tenant_id","change_id","lead_id")
);

-- CreateIndex
CREATE INDEX "files_expires_at_idx" ON "files"("expires_at");

-- CreateIndex
CREATE INDEX "imports_tenant_id_created_at_idx" ON "imports"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "import_rows_tenant_id_lead_id_idx" ON "import_rows"("tenant_id", "lead_id");

-- CreateIndex
CREATE INDEX "exports_tenant_id_created_at_idx" ON "exports"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "lead_notes_tenant_id_lead_id_at_idx" ON "lead_notes"("tenant_id", "lead_id", "at" DESC);

-- CreateIndex
CREATE INDEX "lead_events_tenant_id_lead_id_at_idx" ON "lead_events"("tenant_id", "lead_id", "at" DESC);

-- CreateIndex
CREATE INDEX "consents_tenant_id_lead_id_at_idx" ON "consents"("tenant_id", "lead_id", "at" DESC);

-- CreateIndex
CREATE INDEX "merges_tenant_id_survivor_id_idx" ON "merges"("tenant_id", "survivor_id");

-- CreateIndex
CREATE INDEX "bulk_changes_tenant_id_created_at_idx" ON "bulk_changes"("tenant_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "files" ADD CONSTRAINT "files_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_pieces" ADD CONSTRAINT "file_pieces_tenant_id_file_id_fkey" FOREIGN KEY ("tenant_id", "file_id") REFERENCES "files"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_tenant_id_import_id_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "imports"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_tenant_id_import_id_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "imports"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_fields" ADD CONSTRAINT "lead_fields_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_notes" ADD CONSTRAINT "lead_notes_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "leads"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_events" ADD CONSTRAINT "lead_events_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "leads"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "leads"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merges" ADD CONSTRAINT "merges_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merge_refusals" ADD CONSTRAINT "merge_refusals_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_change_rows" ADD CONSTRAINT "bulk_change_rows_tenant_id_change_id_fkey" FOREIGN KEY ("tenant_id", "change_id") REFERENCES "bulk_changes"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say -------------------------------------------------------------------------

ALTER TABLE "leads"
    ADD CHECK ("consent" IN ('unknown', 'in', 'out')),
    ADD CHECK ("source" IN ('import', 'wrote', 'hand', 'ad')),
    ADD CHECK (jsonb_typeof("fields") = 'object'),
    ADD CHECK ("merged_into" <> "id"),
    -- Who is erased leaves behind, for a moment, those that were merged into them: nobody's any more.
    ADD FOREIGN KEY ("tenant_id", "merged_into") REFERENCES "leads" ("tenant_id", "id") ON DELETE SET NULL ("merged_into");
ALTER TABLE "lead_fields"
    ADD CHECK ("kind" IN ('text', 'number', 'date', 'choice', 'boolean')),
    ADD CHECK ("key" ~ '^[a-z0-9_]{1,60}$');
ALTER TABLE "consents"
    ADD CHECK ("state" IN ('in', 'out')),
    ADD CHECK ("source" IN ('keyword', 'meta', 'failure', 'hand', 'import', 'form'));
ALTER TABLE "bulk_changes"
    ADD CHECK ("kind" IN ('label', 'unlabel', 'assign', 'delete')),
    ADD CHECK ("state" IN ('waiting', 'running', 'finished', 'undoing', 'undone'));
ALTER TABLE "imports" ADD CHECK ("state" IN (
    'reading', 'choosing', 'checking', 'checked', 'running', 'finished', 'cancelled', 'failed', 'undoing', 'undone'));
ALTER TABLE "import_problems" ADD CHECK ("kind" IN ('refused', 'doubled', 'warned'));
ALTER TABLE "exports"
    ADD CHECK ("format" IN ('csv', 'xlsx')),
    ADD CHECK ("state" IN ('waiting', 'running', 'finished', 'failed'));
ALTER TABLE "tenants" ADD CHECK ("country" ~ '^[A-Z]{2}$');

-- One label a name, however it is written.
CREATE UNIQUE INDEX "labels_name_key" ON "labels" ("tenant_id", (search_form("name")));
CREATE UNIQUE INDEX "lead_fields_name_key" ON "lead_fields" ("tenant_id", (search_form("name")));
CREATE UNIQUE INDEX "segments_name_key" ON "segments" ("tenant_id", (search_form("name")));
-- One import at a time works in a tenant.
CREATE UNIQUE INDEX "imports_at_work_key" ON "imports" ("tenant_id") WHERE "state" IN ('running', 'undoing');

-- The page of leads: those who are there, newest first.
CREATE INDEX "leads_list_idx" ON "leads" ("tenant_id", "created_at" DESC, "id" DESC)
    WHERE "deleted_at" IS NULL AND "merged_into" IS NULL;
CREATE INDEX "leads_labels_idx" ON "leads" USING gin ("tenant_id", "label_ids") WHERE "label_ids" <> '{}';
CREATE INDEX "leads_merged_idx" ON "leads" ("tenant_id", "merged_into") WHERE "merged_into" IS NOT NULL;
-- The few that wait to be gone for good.
CREATE INDEX "leads_deleted_idx" ON "leads" ("tenant_id", "deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "leads_assignee_idx" ON "leads" ("tenant_id", "assignee_id") WHERE "assignee_id" IS NOT NULL;

-- What a person or an import changes counts; what WhatsApp says of itself (its names) does not. By this number an undo
-- knows whether anybody has touched a lead since.
CREATE FUNCTION count_lead_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER count_revision BEFORE UPDATE ON "leads" FOR EACH ROW
    WHEN ((OLD.name, OLD.email, OLD.language, OLD.fields, OLD.label_ids, OLD.assignee_id, OLD.consent, OLD.blocked_at,
           OLD.deleted_at, OLD.merged_into)
        IS DISTINCT FROM (NEW.name, NEW.email, NEW.language, NEW.fields, NEW.label_ids, NEW.assignee_id, NEW.consent,
           NEW.blocked_at, NEW.deleted_at, NEW.merged_into))
    EXECUTE FUNCTION count_lead_revision();

-- A search looks through the e-mail address and the tenant's own fields as well.
CREATE FUNCTION words_in(fields jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN fields = '{}' THEN '' ELSE (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(fields)) END
$$;
ALTER TABLE "leads" DROP COLUMN "search_text";
ALTER TABLE "leads" ADD COLUMN "search_text" TEXT NOT NULL GENERATED ALWAYS AS (
    search_form(coalesce("name", '') || ' ' || coalesce("profile_name", '') || ' ' || coalesce("username", '') || ' '
        || coalesce("email", '') || ' ' || words_in("fields"))
) STORED;
CREATE INDEX "leads_search_idx" ON "leads" USING gin ("tenant_id", "search_text" gin_trgm_ops);

GRANT UPDATE ("country", "opt_out_words", "opt_in_words") ON "tenants" TO parley_tenant;

DO $$
DECLARE tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['files',
        'file_pieces',
        'imports',
        'import_rows',
        'import_problems',
        'exports',
        'labels',
        'lead_fields',
        'segments',
        'lead_notes',
        'lead_events',
        'consents',
        'merges',
        'merge_refusals',
        'bulk_changes',
        'bulk_change_rows'] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO parley_tenant, parley_platform', tenant_table);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('CREATE POLICY tenant ON %I TO parley_tenant USING (tenant_id = current_setting(''app.tenant_id'')::uuid)', tenant_table);
        EXECUTE format('CREATE POLICY platform ON %I TO parley_platform USING (true)', tenant_table);
    END LOOP;
END $$;
