-- What the superadmin types finds a tenant by its name, its slug, or an owner's address.
CREATE INDEX "tenants_search_idx" ON "tenants" USING gin (search_form("name" || ' ' || "slug") gin_trgm_ops);
CREATE INDEX "users_email_search_idx" ON "users" USING gin ("email" gin_trgm_ops);
-- The list's two orders.
CREATE INDEX "tenants_created_at_id_idx" ON "tenants" ("created_at" DESC, "id" DESC);
CREATE INDEX "tenants_name_id_idx" ON "tenants" ("name", "id");
