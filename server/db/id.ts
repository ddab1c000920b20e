import { v7 } from 'uuid';

/** A new UUIDv7: sorts by time of making. Made here because PostgreSQL 15 to 17 cannot. */
export const newId = (): string => v7();
