import { afterMigrations, migrate } from '#prisma/migrate.ts';
import { describeFailure } from './failure.ts';
import { say, step } from './say.ts';
import { readVariables } from './surroundings.ts';

// A process of its own: what migrating and seeding load does not stay in the supervisor's memory.
process.on('disconnect', () => process.exit(1));

try {
  const variables = readVariables();
  const url = variables['DATABASE_URL'] ?? '';
  await step('Database migrated', async () => {
    const applied = await migrate(url);
    await afterMigrations(url);
    if (applied.length > 0) say(`    ${applied.join(', ')}`);
  });
  if (variables['PARLEY_DEMO'] === '1') {
    const { seedDemoWorld } = await import('#prisma/seed.ts');
    await step('Demo world there', () => seedDemoWorld(url, { log: (line: string) => say(`    ${line}`) }));
  }
  process.exit(0);
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`, () => process.exit(1));
}
