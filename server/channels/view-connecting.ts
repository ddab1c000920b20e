import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import type { CheckResult } from './check.ts';
import { callbackUrl } from './check-draft.ts';

/** A number that is being connected, or was, without its secrets. Times are ISO 8601, numbers digits. */
export type Connecting = {
  id: string;
  /** Null while it is a draft; else the channel's key. */
  channel: string | null;
  phone: string | null;
  name: string | null;
  phoneNumberId: string;
  wabaId: string;
  appId: string | null;
  /** Null: the app's own, which is the platform's. */
  callbackUrl: string | null;
  checkedAt: string | null;
  results: CheckResult[];
};

/** The draft of this id, or the channel that it has become. */
export async function viewConnecting({ db, tenantId }: TenantTx, id: string): Promise<Connecting> {
  const draft = await db.channelDraft.findFirst({ where: { tenantId, id }, select: fields });
  if (draft) return asView(draft);
  const channel = await db.channel.findFirst({
    where: { tenantId, id },
    select: {
      ...{ id: true, key: true, name: true, displayPhoneNumber: true, phoneNumberId: true, wabaId: true },
      verifyToken: true,
    },
  });
  if (!channel) throw new Refusal('not-found', 'no-number', 'Not found.');
  const { key, displayPhoneNumber: phone, name, phoneNumberId, wabaId, verifyToken } = channel;
  return {
    ...{ id, channel: key, phone, name, phoneNumberId, wabaId, appId: null },
    ...{ callbackUrl: verifyToken && callbackUrl(key), checkedAt: null, results: [] },
  };
}

/** What was begun and neither finished nor thrown away, newest first. */
export async function listDrafts({ db, tenantId }: TenantTx): Promise<Connecting[]> {
  const rows = await db.channelDraft.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: fields,
  });
  return rows.map(asView);
}

const fields = {
  ...{ id: true, key: true, phoneNumberId: true, wabaId: true, appId: true, displayPhoneNumber: true },
  ...{ verifiedName: true, checkedAt: true, results: true },
} as const;

type Row = {
  id: string;
  key: string;
  phoneNumberId: string;
  wabaId: string;
  appId: string | null;
  displayPhoneNumber: string | null;
  verifiedName: string | null;
  checkedAt: Date | null;
  results: unknown;
};

function asView({ id, key, phoneNumberId, wabaId, appId, ...row }: Row): Connecting {
  return {
    ...{ id, phoneNumberId, wabaId, appId, channel: null },
    phone: row.displayPhoneNumber,
    name: row.verifiedName,
    callbackUrl: appId && callbackUrl(key),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    // The cast: written by keepResults alone, and in this form.
    results: row.results as CheckResult[],
  };
}
