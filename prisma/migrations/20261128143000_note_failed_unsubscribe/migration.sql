-- Why Meta was not told to bring nothing more, where it was to be told.
ALTER TABLE "channels" ADD COLUMN "unsubscribe_problem" TEXT;
