import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { type StarterId, starterScript, starters } from './starters.ts';

/**
 * Publishes a starter script as the tenant's own, and puts it on all its numbers with the bot switched on; numbers that
 * come later find it. The same
 * once more publishes nothing, unless the business has another name or language since.
 */
export async function chooseScript(tx: TenantTx, id: StarterId, actor: Actor): Promise<void> {
  const { db, tenantId } = tx;
  // Held until the end: two who choose at once choose one after the other.
  const [tenant] = await db.$queryRaw<{ name: string; language: string }[]>`
    select name, language from tenants where id = ${tenantId}::uuid for update`;
  if (!tenant) throw new Error('a tenant that is chosen for exists');
  const { name } = starters[id];
  const script = starterScript(id, tenant.name, tenant.language);
  const scriptId = await ownScript(tx, name);
  const version = await publishVersion(tx, scriptId, script);
  const { count } = await db.channel.updateMany({
    where: { tenantId, disconnectedAt: null },
    data: { scriptId, botOn: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'bot.script-chosen', subject: name },
    details: { version, numbers: count },
  });
  await publishEverything(tx);
}

/** The tenant's script of this name, made where there is none. */
async function ownScript({ db, tenantId }: TenantTx, name: string): Promise<string> {
  const known = await db.script.findFirst({ where: { tenantId, name }, select: { id: true } });
  if (known) return known.id;
  const id = newId();
  await db.script.create({ data: { tenantId, id, name }, select: { id: true } });
  return id;
}

/** Published versions never change: another text, or one that is chosen once more, is another. Returns its number. */
async function publishVersion({ db, tenantId }: TenantTx, scriptId: string, script: object): Promise<number> {
  const text = JSON.stringify(script);
  const [newest] = await db.$queryRaw<{ scriptId: string; number: number; isSame: boolean }[]>`
    select script_id as "scriptId", number, script = ${text}::jsonb as "isSame" from script_versions
    where tenant_id = ${tenantId}::uuid order by id desc limit 1`;
  if (newest?.isSame && newest.scriptId === scriptId) return newest.number;
  const { _max } = await db.scriptVersion.aggregate({
    where: { tenantId, scriptId },
    _max: { number: true },
  });
  const number = (_max.number ?? 0) + 1;
  await db.scriptVersion.create({
    data: { tenantId, id: newId(), scriptId, number, script: JSON.parse(text) },
    select: { id: true },
  });
  return number;
}
