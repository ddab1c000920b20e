import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';

export type SignedIn = { id: string; email: string; name: string; superadmin: boolean; sid: string };

/** How long a sign-in lasts. Seconds. */
export const sessionLasts = 7 * 24 * 3600;

// A session's last use is written at most this often. Milliseconds.
const seenEvery = 60_000;

/** Begins a session for one device, as its browser names itself; the cookie carries the id. */
export async function beginSession(userId: string, device: string, now = new Date()): Promise<string> {
  const id = newId();
  const expiresAt = new Date(now.getTime() + sessionLasts * 1000);
  await asPlatform(({ db }) =>
    db.session.create({
      data: { id, userId, device: device.slice(0, 300), expiresAt, createdAt: now, lastSeenAt: now },
    }),
  );
  return id;
}

/** Who a session belongs to; undefined when it was revoked, has expired, or never was. */
export async function readSession(sid: string, now = new Date()): Promise<SignedIn | undefined> {
  return asPlatform(async ({ db }) => {
    const session = await db.session.findFirst({
      where: { id: sid, revokedAt: null, expiresAt: { gt: now } },
      select: { lastSeenAt: true, user: { select: { id: true, email: true, name: true, superadmin: true } } },
    });
    if (!session) return undefined;
    if (now.getTime() - session.lastSeenAt.getTime() > seenEvery)
      await db.session.updateMany({ where: { id: sid }, data: { lastSeenAt: now } });
    return { ...session.user, sid };
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
