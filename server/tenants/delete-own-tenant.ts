import type { UserActor } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { deleteTenant, restoreTenant } from './change-standing.ts';
import { may, type Role, whoMay } from './roles.ts';
import type { Standing } from './standing.ts';

type By = { actor: UserActor; email: string };

/**
 * Closes an owner's own tenant, to be erased when the days of grace are over. `typedName`: its name as the owner typed
 * it to be sure; spaces and capitals do not count. Throws Refusal.
 */
export async function deleteOwnTenant(
  { slug, name }: { slug: string; name: string },
  typedName: string,
  by: By,
): Promise<void> {
  if (plain(typedName) !== plain(name))
    throw new Refusal('bad-input', 'name', `That is not the business’s name. Type “${name}” to be sure.`);
  await asPlatform((tx) => deleteTenant(tx, slug, { ...by, reason: null, inside: true }));
}

type Place = { slug: string; role: Role; standing: Standing };

/**
 * Opens it again. Any of its owners may, where an owner asked for the deletion; one that whoever runs the installation
 * asked for is theirs to take back. Throws Refusal.
 */
export async function takeDeletionBack({ slug, role, standing }: Place, by: By): Promise<void> {
  if (standing.state !== 'deleting')
    throw new Refusal('conflict', 'not-deleting', 'This business is not to be deleted.');
  if (!may(role, 'tenant.delete')) throw new Refusal('not-allowed', 'role', whoMay('tenant.delete'));
  await asPlatform((tx) => restoreTenant(tx, slug, { ...by, inside: true }));
}

const plain = (name: string) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
