import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { LoadChannel } from '#load/generator/prepare-webhooks.ts';
import type { AgentLogin } from './agent.ts';
import { project } from './load-folder.ts';
import { control } from './play-meta.ts';
import { runToEnd, type Variables } from './run-to-end.ts';

type SeededChannel = LoadChannel & {
  readonly name: string;
  readonly token: string;
  readonly agent?: AgentLogin;
};

type SeedPlan = {
  readonly channels: number;
  readonly botOn: boolean;
  readonly agents?: boolean;
  readonly sold?: number;
};

/** Makes so many tenants with a channel each, by the checkout's own program; one that is too old to have it borrows ours. */
export async function seedChannels(
  root: string,
  { channels, botOn, agents = false, sold }: SeedPlan,
  variables: Variables,
): Promise<SeededChannel[]> {
  const program = path.join(root, 'prisma/load-tenants.ts');
  if (!existsSync(program)) copyFileSync(path.join(project, 'prisma/load-tenants.ts'), program);
  const flags = [
    ...(botOn ? ['--bot-on'] : []),
    ...(agents ? ['--agents'] : []),
    ...(sold === undefined ? [] : ['--sold', String(sold)]),
  ];
  const said = await runToEnd(root, [program, String(channels), ...flags], variables);
  return JSON.parse(said) as SeededChannel[];
}

/** Tells the simulated Meta of them, or it takes nothing from them. */
export async function introduceChannels(meta: string, channels: readonly SeededChannel[]): Promise<void> {
  for (const { phoneNumberId, displayPhoneNumber, wabaId, token, name } of channels)
    await control(meta, 'numbers', { phoneNumberId, displayPhoneNumber, wabaId, token, verifiedName: name });
}
