import { setImmediate as tick } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { outboundAt, recordOutbound } from '#server/conversations/record-outbound.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { claimMessage } from './claim-message.ts';

const { owner } = testDatabase();
let tenant: TestTenant;

beforeAll(async () => {
  tenant = await makeTenant({ bot: false });
});

async function conversationWithTwoMessages(person: number) {
  await receive(
    textWebhook(tenant.phoneNumberId, { wamid: newId(), from: String(4_915_000_000_000 + person) }),
  );
  const { rows } = await owner.query(
    'select id, last_at from conversations where tenant_id = $1 order by id desc limit 1',
    [tenant.id],
  );
  const job = { tenantId: tenant.id, conversationId: rows[0].id as string };
  const at = outboundAt(new Date(), rows[0].last_at);
  const made = [0, 1].map((index) => ({
    ...{
      ...job,
      id: newId(),
      channelId: tenant.channelId,
      at: new Date(at.getTime() + index),
      content: null,
    },
    ...{ author: 'bot' as const, authorId: null, kind: 'text', body: 'Hi' },
  }));
  await asPlatform((tx) => recordOutbound(tx, made, new Date()));
  return { job, ids: made.map(({ id }) => id) };
}

test('of two commits that look at one conversation at the same moment, one has its message and the other none', async () => {
  for (let person = 0; person < 25; person += 1) {
    const { job, ids } = await conversationWithTwoMessages(person);
    const first = claimMessage(job);
    // A moment later it is another commit's, which runs beside the first.
    await tick();
    const claims = await Promise.all([first, claimMessage(job), claimMessage(job)]);
    expect(claims.flatMap((claim) => claim?.messageId ?? [])).toEqual(ids.slice(0, 1));
    const { rows } = await owner.query('select number from attempts where message_id = any($1)', [ids]);
    expect(rows).toEqual([{ number: 1 }]);
  }
});
