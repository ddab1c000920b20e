-- What somebody did with their own login belongs to no tenant, and goes with the login: when a tenant is erased, with the
-- people who belonged nowhere else. As with tenants, a foreign key takes the lines along, because nobody whom the
-- application can become may. What they did in a tenant stays in that tenant's log.
ALTER TABLE "audit" ADD COLUMN "account_id" UUID GENERATED ALWAYS AS (CASE WHEN "tenant_id" IS NULL THEN "actor_id" END) STORED;
CREATE INDEX "audit_account_id_idx" ON "audit" ("account_id") WHERE "account_id" IS NOT NULL;
ALTER TABLE "audit" ADD CONSTRAINT "audit_account_user_id_fkey" FOREIGN KEY ("account_id") REFERENCES "users"("id") ON DELETE CASCADE;
