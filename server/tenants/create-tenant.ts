import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { Refusal } from '#server/refusal.ts';
import { freeSlug, slugOf } from './slug.ts';
import { checkFacts, type TenantFacts } from './tenant-form.ts';

/** So many in 24 hours are enough for anybody who means it. */
export const mostPerDay = 5;

/** Makes a tenant that belongs to who asks, with its first steps ahead and the tier that such tenants begin with. Returns its slug. Throws Refusal. */
export async function createTenant(
  wanted: TenantFacts,
  creator: Actor & { userId: string },
): Promise<string> {
  const facts = checkFacts(wanted);
  return asPlatform(async (tx) => {
    await demandRoom(tx, creator.userId);
    const { id, slug } = await insert(tx, facts, creator.userId);
    await tx.db.member.create({ data: { tenantId: id, userId: creator.userId, role: 'owner' } });
    await tx.db.onboarding.create({ data: { tenantId: id, skipped: [] } });
    await recordAudit(tx, { tenantId: id, actor: creator, action: 'tenant.created', subject: facts.name });
    return slug;
  });
}

/** Holds the user's row, so that two requests at once are counted one after the other. */
async function demandRoom({ db }: PlatformTx, userId: string) {
  const [user] = await db.$queryRaw<{ isConfirmed: boolean }[]>`
    select email_confirmed_at is not null as "isConfirmed" from users where id = ${userId}::uuid for update`;
  if (!user?.isConfirmed)
    throw new Refusal(
      'precondition',
      'email-unconfirmed',
      'Confirm your e-mail address first: open the link in the letter that we sent you.',
    );
  const [row] = await db.$queryRaw<{ made: number }[]>`
    select count(*)::int as made from tenants
    where created_by = ${userId}::uuid and created_at > now() - interval '24 hours'`;
  if ((row?.made ?? 0) >= mostPerDay)
    throw new Refusal(
      'too-many',
      'tenants-per-day',
      `You made ${mostPerDay} businesses in the last 24 hours, which is the most. Go on with one of them, or come back tomorrow.`,
    );
}

/** Somebody may take the slug between the look and the insert; then it is looked at again. */
async function insert({ db }: PlatformTx, facts: TenantFacts, createdBy: string) {
  const wanted = slugOf(facts.name);
  const { defaultTierId } = await db.selling.findUniqueOrThrow({
    where: { id: 1 },
    select: { defaultTierId: true },
  });
  for (;;) {
    const taken = await db.$queryRaw<{ slug: string }[]>`
      select slug from tenants where slug = ${wanted} or slug ~ ${`^${wanted}-[0-9]+$`}`;
    const slug = freeSlug(wanted, new Set(taken.map((row) => row.slug)));
    const { count } = await db.tenant.createMany({
      data: { id: newId(), slug, ...facts, createdBy, tierId: defaultTierId },
      skipDuplicates: true,
    });
    const tenant = count === 1 && (await db.tenant.findUnique({ where: { slug }, select: { id: true } }));
    if (tenant) return { id: tenant.id, slug };
  }
}
