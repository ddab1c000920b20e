import { asPlatform } from '#server/db/as-platform.ts';
import { deviceWords } from './device-words.ts';

export type SessionView = {
  id: string;
  device: string;
  address: string | null;
  /** ISO 8601. */
  since: string;
  lastSeenAt: string;
  isThisDevice: boolean;
};

/** Where somebody is signed in: this device first, then the one that was used last. */
export async function listSessions(userId: string, sid: string): Promise<SessionView[]> {
  const rows = await asPlatform(({ db }) =>
    db.session.findMany({
      where: { userId, revokedAt: null, expiresAt: { gt: new Date() } },
      orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
      select: { id: true, device: true, address: true, createdAt: true, lastSeenAt: true },
      take: 200,
    }),
  );
  return rows
    .map(({ id, device, address, createdAt, lastSeenAt }) => ({
      ...{ id, address, device: deviceWords(device), isThisDevice: id === sid },
      ...{ since: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
    }))
    .toSorted((a, b) => Number(b.isThisDevice) - Number(a.isThisDevice));
}
