-- What each door's process says of how long webhooks wait for their commit. Worth nothing after a crash, so not logged.
CREATE UNLOGGED TABLE "pressures" (
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "wait_ms" INTEGER NOT NULL,

    CONSTRAINT "pressures_pkey" PRIMARY KEY ("source")
);
ALTER TABLE "pressures" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON "pressures" TO parley_platform USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "pressures" TO parley_platform;
