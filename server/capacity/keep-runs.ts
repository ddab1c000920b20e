import type { CapacityRun } from '#load/model/run.ts';
import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { Refusal } from '#server/refusal.ts';
import { readRun, whyNotSoldBy } from './read-run.ts';

/** Keeps a measured run. The first that can be sold by is in use at once. Throws Refusal. */
export async function addRun(
  tx: PlatformTx,
  { name: fileName, text }: { name: string; text: string },
  actor: Actor,
): Promise<{ id: string; inUse: boolean }> {
  const run = readRun(text);
  const name = nameOf(fileName);
  if (name === '') throw new Refusal('bad-input', 'run-name', 'Give the file a name first.');
  await lockRuns(tx);
  if (await tx.db.loadRun.findUnique({ where: { name }, select: { id: true } }))
    throw new Refusal(
      'conflict',
      'run-kept',
      `A run called ${name} is here already. Rename the file, if it is another.`,
    );
  const hasOne = (await tx.db.loadRun.count({ where: { inUse: true } })) > 0;
  const inUse = !hasOne && whyNotSoldBy(run) === undefined;
  const id = newId();
  await tx.db.loadRun.create({ data: { id, name, inUse, addedBy: actor.name, ...rowOf(run) } });
  await recordAudit(tx, {
    tenantId: null,
    actor,
    action: 'capacity.run-added',
    subject: name,
    details: { inUse },
  });
  return { id, inUse };
}

/** From now on capacity is sold by this run. Throws Refusal. */
export async function chooseRun(tx: PlatformTx, id: string, actor: Actor): Promise<void> {
  await lockRuns(tx);
  const kept = await tx.db.loadRun.findUnique({ where: { id } });
  if (!kept) throw new Refusal('not-found', 'no-run', 'This run is not here any more.');
  const why = whyNotSoldBy(readRun(JSON.stringify(kept.run)));
  if (why) throw new Refusal('precondition', 'run-unfit', `Capacity cannot be sold by this run. ${why}`);
  if (kept.inUse) return;
  await tx.db.loadRun.updateMany({ where: { inUse: true }, data: { inUse: false } });
  await tx.db.loadRun.update({ where: { id }, data: { inUse: true }, select: { id: true } });
  await recordAudit(tx, { tenantId: null, actor, action: 'capacity.run-used', subject: kept.name });
}

/** Forgets a run, but for the one in use. Throws Refusal. */
export async function removeRun(tx: PlatformTx, id: string, actor: Actor): Promise<void> {
  await lockRuns(tx);
  const kept = await tx.db.loadRun.findUnique({ where: { id }, select: { name: true, inUse: true } });
  if (!kept) throw new Refusal('not-found', 'no-run', 'This run is not here any more.');
  if (kept.inUse)
    throw new Refusal(
      'conflict',
      'run-in-use',
      'Capacity is sold by this run. Put another one in use first.',
    );
  await tx.db.loadRun.delete({ where: { id }, select: { id: true } });
  await recordAudit(tx, { tenantId: null, actor, action: 'capacity.run-removed', subject: kept.name });
}

/** A run's columns. */
export const rowOf = (run: CapacityRun) => ({
  scenario: run.scenario,
  measuredAt: new Date(run.surroundings.at),
  run: JSON.parse(JSON.stringify(run)),
});

/** breakpoint.json → breakpoint */
const nameOf = (file: string): string =>
  file
    .replace(/\.json$/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 120);

const lockRuns = ({ db }: PlatformTx) => db.$executeRaw`lock table load_runs in share row exclusive mode`;
