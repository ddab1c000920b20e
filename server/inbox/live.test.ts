import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { beginSession, revokeSession } from '#server/auth/sessions.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { listen } from '#server/realtime/listen.ts';
import { publish } from '#server/realtime/publish.ts';
import { createCaller } from '#server/router.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { liveNews } from './live.ts';
import type { LiveNews } from './views.ts';

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

const streamOf = (tenantId: string, signal: AbortSignal) =>
  liveNews({ tenantId, rests: [], signal, mayStillSee });

/** The next piece that says something. */
async function nextOf(news: AsyncIterator<LiveNews>): Promise<IteratorResult<LiveNews>> {
  for (;;) {
    const piece = await news.next();
    if (piece.done || piece.value.conversations?.length !== 0) return piece;
  }
}

/** The word to fetch everything comes at once, and once more where this is the first to listen. */
async function untilListening(news: AsyncIterator<LiveNews>) {
  const isFirst = (await listening()) === 0;
  expect((await nextOf(news)).value).toEqual({ conversations: null });
  if (isFirst) expect((await nextOf(news)).value).toEqual({ conversations: null });
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
  const news = streamOf(tenantId, gone.signal);
  await untilListening(news);
  await tell(tenantId, ids.slice(0, 1));
  expect((await nextOf(news)).value).toEqual({ conversations: ids.slice(0, 1) });
  await tell(tenantId, ids.slice(1, 40));
  await tell(tenantId, ids.slice(40));
  const seen = new Set<string>();
  while (seen.size < 89) for (const id of (await nextOf(news)).value?.conversations ?? []) seen.add(id);
  expect([...seen]).toEqual(ids.slice(1));
  const last = news.next();
  gone.abort();
  expect(await last).toEqual({ value: undefined, done: true });
});

test('a browser that fell far behind is told to fetch everything', async () => {
  const tenantId = newId();
  const gone = new AbortController();
  const news = streamOf(tenantId, gone.signal);
  await untilListening(news);
  let notices = 0;
  const stop = listen(tenantId, () => {
    notices += 1;
  });
  await tell(tenantId, [newId()]);
  await nextOf(news);
  for (let time = 0; time < 3; time += 1)
    await tell(
      tenantId,
      Array.from({ length: 80 }, () => newId()),
    );
  await expect.poll(() => notices).toBe(4);
  expect((await nextOf(news)).value).toEqual({ conversations: null });
  stop();
  gone.abort();
});

test('in silence there is a sign of life each second', async () => {
  const gone = new AbortController();
  const news = streamOf(newId(), gone.signal);
  await untilListening(news);
  const began = performance.now();
  for (let beat = 0; beat < 2; beat += 1) expect((await news.next()).value).toEqual({ conversations: [] });
  expect(performance.now() - began).toBeGreaterThan(900);
  gone.abort();
});

describe('nothing is told any more to', () => {
  async function open() {
    const tenant = await makeTenant();
    const sid = await beginSession(tenant.agent.id, 'a browser');
    const others = await beginSession(tenant.owner.id, 'another browser');
    const streams = [
      createCaller({ user: { ...tenant.agent, sid, confirmed: true, secondFactor: false }, from: testFrom }),
      createCaller({
        user: { ...tenant.owner, sid: others, confirmed: true, secondFactor: false },
        from: testFrom,
      }),
    ].map(async (caller) => (await caller.inbox.live({ tenant: tenant.slug }))[Symbol.asyncIterator]());
    const [theirs, another] = await Promise.all(streams);
    if (!theirs || !another) throw new Error('two streams');
    for (const stream of [theirs, another]) await untilListening(stream);
    return { tenant, sid, theirs, another };
  }

  /** Whether it ends before somebody asks by the clock. */
  async function ends(stream: AsyncIterator<LiveNews>) {
    const late = sleep(5_000, 'goes on', { ref: false });
    return Promise.race([late, untilDone(stream)]);
  }
  async function untilDone(stream: AsyncIterator<LiveNews>) {
    while (!(await stream.next()).done);
    return 'ended';
  }

  test('a session that is revoked', async () => {
    const { tenant, sid, theirs, another } = await open();
    await revokeSession(sid);
    expect(await ends(theirs)).toBe('ended');
    await tell(tenant.id, [newId()]);
    expect((await nextOf(another)).done).toBe(false);
    await another.return?.();
  });

  test.each([
    ['a member who is removed', 'delete from members where tenant_id = $1 and user_id = $2'],
    ['a session that is deleted', 'delete from sessions where $1::uuid is not null and user_id = $2'],
    [
      'the members of a tenant that is suspended',
      "update tenants set state = 'suspended' where id = $1 and $2::uuid is not null",
    ],
  ])('%s', async (_, sql) => {
    const { tenant, theirs, another } = await open();
    await owner.query(sql, [tenant.id, tenant.agent.id]);
    expect(await ends(theirs)).toBe('ended');
    await another.return?.();
  });

  test('whom no notice reached, after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const gone = new AbortController();
      let may = true;
      const news = liveNews({
        ...{ tenantId: newId(), rests: [], signal: gone.signal, mayStillSee: async () => may },
      });
      await untilListening(news);
      may = false;
      const next = nextOf(news);
      await vi.advanceTimersByTimeAsync(29_000);
      expect(await Promise.race([next, sleep(50, 'waits')])).toBe('waits');
      await vi.advanceTimersByTimeAsync(2_000);
      expect((await next).done).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
