import { expect, test, vi } from 'vitest';
import { beginSession, revokeSession } from '#server/auth/sessions.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { listen } from '#server/realtime/listen.ts';
import { publish } from '#server/realtime/publish.ts';
import { createCaller } from '#server/router.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { liveNews } from './live.ts';

const { owner } = testDatabase();

const tell = (tenantId: string, ids: string[]) =>
  asPlatform((tx) =>
    publish(
      tx,
      ids.map((conversationId) => ({ tenantId, conversationId })),
    ),
  );
const listening = async () =>
  (
    await owner.query(
      "select from pg_stat_activity where application_name = 'parley-live' and query ~ '^listen'",
    )
  ).rowCount;

const mayStillSee = async () => true;

/** The word to fetch everything comes at once, and once more where this is the first to listen. */
async function untilListening(news: AsyncGenerator<unknown>) {
  const isFirst = (await listening()) === 0;
  expect((await news.next()).value).toEqual({ conversations: null });
  if (isFirst) expect((await news.next()).value).toEqual({ conversations: null });
}

test('a browser is told to fetch everything first: what it missed is nowhere', async () => {
  const tenant = await makeTenant();
  const stream = await memberCaller(tenant).inbox.live({ tenant: tenant.slug });
  const first = await stream[Symbol.asyncIterator]().next();
  expect(JSON.stringify(first.value)).toContain('{"conversations":null}');
});

test('then it hears what changes, put together while it was busy, until it goes', async () => {
  const tenantId = newId();
  const ids = Array.from({ length: 90 }, () => newId());
  const gone = new AbortController();
  const news = liveNews({ tenantId, signal: gone.signal, mayStillSee });
  await untilListening(news);
  await tell(tenantId, ids.slice(0, 1));
  expect((await news.next()).value).toEqual({ conversations: ids.slice(0, 1) });
  await tell(tenantId, ids.slice(1, 40));
  await tell(tenantId, ids.slice(40));
  const seen = new Set<string>();
  while (seen.size < 89) for (const id of (await news.next()).value?.conversations ?? []) seen.add(id);
  expect([...seen]).toEqual(ids.slice(1));
  const last = news.next();
  gone.abort();
  expect(await last).toEqual({ value: undefined, done: true });
});

test('a browser that fell far behind is told to fetch everything', async () => {
  const tenantId = newId();
  const gone = new AbortController();
  const news = liveNews({ tenantId, signal: gone.signal, mayStillSee });
  await untilListening(news);
  let notices = 0;
  const stop = listen(tenantId, () => {
    notices += 1;
  });
  await tell(tenantId, [newId()]);
  await news.next();
  for (let time = 0; time < 3; time += 1)
    await tell(
      tenantId,
      Array.from({ length: 80 }, () => newId()),
    );
  await expect.poll(() => notices).toBe(4);
  expect((await news.next()).value).toEqual({ conversations: null });
  stop();
  gone.abort();
});

test('nothing is told any more to who may no longer see it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const tenant = await makeTenant();
    const sid = await beginSession(tenant.agent.id, 'a browser');
    const caller = createCaller({ user: { ...tenant.agent, sid } });
    const stream = (await caller.inbox.live({ tenant: tenant.slug }))[Symbol.asyncIterator]();
    await stream.next();
    let next = stream.next();
    await vi.advanceTimersByTimeAsync(31_000);
    await tell(tenant.id, [newId()]);
    expect((await next).done).toBe(false);

    await revokeSession(sid);
    next = stream.next();
    await vi.advanceTimersByTimeAsync(31_000);
    expect((await next).done).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
