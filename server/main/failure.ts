/** A reason not to start, or to give up, in one sentence that names the remedy. It is printed without a stack. */
export class StartFailure extends Error {
  override name = 'StartFailure';
}

/** The disk is full. What ran already can go on once there is room. */
export class DiskFull extends StartFailure {}

const remedies: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space (a first start needs about 1 GB), then start again',
  EDQUOT: 'your disk quota is used up: free some space, then start again',
  EACCES: 'it is not writable: make it writable for the user who starts Parley, then start again',
  EPERM: 'it is not writable: make it writable for the user who starts Parley, then start again',
  EROFS: 'it lies on a read-only file system: move the folder to a writable one, then start again',
  ENOTDIR: 'a file is in the way of a folder: move that file, then start again',
  EEXIST: 'a file is in the way of a folder: move that file, then start again',
};

/** Turns what the file system refused into a `StartFailure`; anything else comes back as it was. */
export function explainFileFailure(error: unknown, place: string): unknown {
  const remedy = remedies[errorCode(error) ?? ''];
  return remedy ? new StartFailure(`${place} cannot be used: ${remedy}.`) : error;
}

/** The `code` of a system or PostgreSQL error, if it carries one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The sentence of a failure for the terminal: a bug keeps its stack; a `StartFailure`, or what PostgreSQL says, needs none. */
export function describeFailure(error: unknown): string {
  const place = error instanceof Error && 'path' in error ? String(error.path) : 'The data folder';
  const known = explainFileFailure(error, place);
  if (known instanceof StartFailure) return known.message;
  if (known instanceof Error && 'severity' in known)
    return `PostgreSQL refused it: ${known.message} (${errorCode(known)}).`;
  return known instanceof Error ? (known.stack ?? known.message) : String(known);
}
