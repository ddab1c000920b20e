-- What a business says that WhatsApp charges it for a message: { currency, each: { category: amount } }.
ALTER TABLE "tenants" ADD COLUMN "charge_prices" JSONB;
GRANT UPDATE ("charge_prices") ON "tenants" TO parley_tenant;

-- Templates alone may leave outside the window. No column of it ever changes, so news of a message stays as cheap.
CREATE INDEX "messages_templates_idx" ON "messages" ("tenant_id", "at")
  WHERE "direction" = 'outbound' AND "kind" = 'template';
