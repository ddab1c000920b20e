-- When work on an import was last seen, so that one whose job was lost is taken up again.
ALTER TABLE "imports" ADD COLUMN "worked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
