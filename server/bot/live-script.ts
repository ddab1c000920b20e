import type { BatchTx } from '#server/db/as-batch.ts';
import { log } from '#server/log.ts';
import type { OpenConversation } from './decide.ts';
import { type Script, scriptForm } from './script.ts';

export type ScriptVersion = { id: string; script: Script };

export type LiveScripts = { versionFor: (conversation: OpenConversation) => ScriptVersion | undefined };

// Published versions never change, so they are parsed once; the least lately used one goes.
const parsed = new Map<string, ScriptVersion>();
const mostKept = 500;

/** The versions that these conversations follow: the one that their run began with, or the newest of their channel's script. */
export async function liveScripts(tx: BatchTx, conversations: OpenConversation[]): Promise<LiveScripts> {
  const ids = new Set(conversations.flatMap((conversation) => versionIdOf(conversation) ?? []));
  const versions = await load(tx, [...ids], conversations);
  return { versionFor: (conversation) => versions.get(versionIdOf(conversation) ?? '') };
}

const versionIdOf = ({ run, newestVersionId }: OpenConversation) => run?.scriptVersionId ?? newestVersionId;

async function load(tx: BatchTx, ids: string[], conversations: OpenConversation[]) {
  const missing = ids.filter((id) => !parsed.has(id));
  if (missing.length > 0) {
    const tenants = [...new Set(conversations.map(({ tenantId }) => tenantId))];
    const rows = await tx.db.$queryRaw<{ id: string; script: unknown }[]>`
      select id, script from script_versions where tenant_id = any(${tenants}::uuid[]) and id = any(${missing}::uuid[])`;
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
