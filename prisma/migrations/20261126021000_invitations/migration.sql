-- CreateTable
CREATE TABLE "invitations" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "inviter_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "invitations_token_hash_idx" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_tenant_id_created_at_idx" ON "invitations"("tenant_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "invitations"
    ADD CHECK ("role" IN ('owner', 'admin', 'agent')),
    ADD CHECK ("accepted_at" IS NULL OR "revoked_at" IS NULL),
    ADD CHECK (octet_length("token_hash") = 32);
-- One that is open for each address.
CREATE UNIQUE INDEX "invitations_open_key" ON "invitations" ("tenant_id", "email") WHERE "accepted_at" IS NULL AND "revoked_at" IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "invitations" TO parley_tenant, parley_platform;
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "invitations" TO parley_tenant USING ("tenant_id" = current_setting('app.tenant_id')::uuid);
CREATE POLICY platform ON "invitations" TO parley_platform USING (true);

-- A tenant keeps an owner, whatever hand takes the last one away: two who take each other away at the same moment wait
-- for the tenant's row, and the second one finds who is left. With the tenant itself gone, its owners may go.
CREATE FUNCTION keep_an_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM tenants WHERE id = OLD.tenant_id FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT FROM members WHERE tenant_id = OLD.tenant_id AND role = 'owner') THEN
        RAISE EXCEPTION 'a tenant keeps an owner' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_keep_an_owner';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_an_owner FROM PUBLIC;
CREATE TRIGGER members_keep_an_owner AFTER DELETE OR UPDATE OF "role" ON "members" FOR EACH ROW
    WHEN (OLD."role" = 'owner') EXECUTE FUNCTION keep_an_owner();

-- It sees every row as parley_platform; handing it over takes membership and the right to create, for this moment only.
GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;
ALTER FUNCTION keep_an_owner OWNER TO parley_platform;
REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;
