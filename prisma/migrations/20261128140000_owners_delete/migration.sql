-- Whether the tenant's own owner asked for its deletion, who may then take it back.
ALTER TABLE "tenants" ADD COLUMN "delete_asked_inside" BOOLEAN NOT NULL DEFAULT false;
