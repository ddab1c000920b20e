import type { PlatformTx } from '#server/db/as-platform.ts';
import { log } from '#server/log.ts';
import type { OpenConversation } from './decide.ts';
import { type Script, scriptForm } from './script.ts';

export type ScriptVersion = { id: string; scriptId: string; script: Script };

export type LiveScripts = { versionFor: (conversation: OpenConversation) => ScriptVersion | undefined };

// Published versions never change, so they are parsed once; the least lately used one goes.
const parsed = new Map<string, ScriptVersion>();
const mostKept = 500;

/** The versions that these conversations follow: the one that their run began with, or the newest of their script. */
export async function liveScripts(tx: PlatformTx, conversations: OpenConversation[]): Promise<LiveScripts> {
  const scripts = distinct(
    conversations.flatMap(({ tenantId, scriptId }) => (scriptId ? [{ tenantId, id: scriptId }] : [])),
  );
  const newest = await tx.db.$queryRaw<{ id: string; scriptId: string }[]>`
    select distinct on (v.tenant_id, v.script_id) v.id, v.script_id as "scriptId"
    from unnest(${scripts.map((one) => one.tenantId)}::uuid[], ${scripts.map((one) => one.id)}::uuid[])
         as s (tenant_id, script_id)
    join script_versions v using (tenant_id, script_id)
    order by v.tenant_id, v.script_id, v.number desc`;
  const newestOf = new Map(newest.map(({ scriptId, id }) => [scriptId, id]));
  const pinned = conversations.flatMap(({ run }) => (run ? [run.scriptVersionId] : []));
  const versions = await load(tx, [...newestOf.values(), ...pinned], conversations);
  return {
    versionFor: ({ run, scriptId }) =>
      versions.get(run?.scriptVersionId ?? newestOf.get(scriptId ?? '') ?? ''),
  };
}

async function load(tx: PlatformTx, ids: string[], conversations: OpenConversation[]) {
  const missing = ids.filter((id) => !parsed.has(id));
  if (missing.length > 0) {
    const tenants = distinct(conversations.map(({ tenantId }) => ({ tenantId, id: tenantId }))).map(
      ({ id }) => id,
    );
    const rows = await tx.db.scriptVersion.findMany({
      where: { tenantId: { in: tenants }, id: { in: missing } },
      select: { id: true, scriptId: true, script: true },
    });
    for (const row of rows) {
      const script = scriptForm.safeParse(row.script);
      if (script.success) parsed.set(row.id, { ...row, script: script.data });
      else log().error({ version: row.id }, 'a published script cannot be followed, people take over');
    }
  }
  const wanted = new Map(ids.flatMap((id) => (parsed.has(id) ? [[id, parsed.get(id)] as const] : [])));
  for (const [id, version] of wanted) {
    parsed.delete(id);
    if (version) parsed.set(id, version);
  }
  for (const id of parsed.keys()) if (parsed.size > mostKept) parsed.delete(id);
  return wanted;
}

const distinct = <T extends { id: string }>(rows: T[]): T[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];
