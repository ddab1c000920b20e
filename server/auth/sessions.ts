import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';

export type SignedIn = {
  id: string;
  email: string;
  name: string;
  superadmin: boolean;
  /** Whether it is known that letters to the address reach them. */
  confirmed: boolean;
  /** Whether their sign-in takes a code. */
  secondFactor: boolean;
  sid: string;
};

/** How long a sign-in lasts. Seconds. */
export const sessionLasts = 7 * 24 * 3600;

// A session's last use is written at most this often. Milliseconds.
const seenEvery = 60_000;

/** Begins a session for one device, as its browser names itself; the cookie carries the id. */
export async function beginSession(
  userId: string,
  device: string,
  now = new Date(),
  address: string | null = null,
): Promise<string> {
  const id = newId();
  const expiresAt = new Date(now.getTime() + sessionLasts * 1000);
  await asPlatform(({ db }) =>
    db.session.create({
      data: {
        ...{ id, userId, device: device.slice(0, 300), address: address?.slice(0, 100) ?? null },
        ...{ expiresAt, createdAt: now, lastSeenAt: now },
      },
    }),
  );
  return id;
}

const person = {
  ...{ id: true, email: true, name: true, superadmin: true },
  ...{ emailConfirmedAt: true, totpOnAt: true },
} as const;

/** Who a session belongs to; undefined when it was revoked, has expired, or never was. */
export async function readSession(sid: string, now = new Date()): Promise<SignedIn | undefined> {
  return asPlatform(async ({ db }) => {
    const session = await db.session.findFirst({
      where: { id: sid, revokedAt: null, expiresAt: { gt: now } },
      select: { lastSeenAt: true, user: { select: person } },
    });
    if (!session) return undefined;
    if (now.getTime() - session.lastSeenAt.getTime() > seenEvery)
      await db.session.updateMany({ where: { id: sid }, data: { lastSeenAt: now } });
    const { emailConfirmedAt, totpOnAt, ...user } = session.user;
    return { ...user, confirmed: emailConfirmedAt !== null, secondFactor: totpOnAt !== null, sid };
  });
}

/** Ends a session: its cookie is worth nothing from the next request on. */
export async function revokeSession(sid: string, now = new Date()) {
  await asPlatform(
    ({ db }) =>
      // Not by Prisma's `where`, which takes an undefined id for no condition at all.
      db.$executeRaw`update sessions set revoked_at = ${now}::timestamptz where id = ${sid}::uuid and revoked_at is null`,
  );
}

/** Ends one of somebody's own sessions; one of somebody else's is none. */
export async function revokeOwnSession(userId: string, sid: string): Promise<void> {
  await asPlatform(({ db }) =>
    db.session.updateMany({ where: { id: sid, userId, revokedAt: null }, data: { revokedAt: new Date() } }),
  );
}

/** Ends all of somebody's sessions, but for the one to keep. */
export async function revokeSessions({ db }: PlatformTx, userId: string, keep?: string): Promise<void> {
  await db.session.updateMany({
    where: { userId, revokedAt: null, ...(keep !== undefined && { id: { not: keep } }) },
    data: { revokedAt: new Date() },
  });
}
