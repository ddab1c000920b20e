import { asBatch } from '#server/db/as-batch.ts';

/** What a tenant's bucket gave: null without a rate; else how many, how long until there is one more (milliseconds), and how many it gets a second. */
export type Taken = { granted: number; wait: number; rate: number } | null;

/**
 * Takes up to `wanted` tokens, a message each, out of the tenant's bucket, which all processes share: it fills with its
 * peak rate and holds its burst. PostgreSQL's clock is the only one that counts.
 */
export async function takeTokens(tenantId: string, wanted: number): Promise<Taken> {
  const [row] = await asBatch(
    ({ db }) => db.$queryRaw<{ rate: number | null; granted: number; left: number | null }[]>`
      with sold as (
        select tenant_id, peak_rate as rate, greatest(1, coalesce(burst, ceil(peak_rate)))::float8 as burst
        from tenant_quotas where tenant_id = ${tenantId}::uuid
      ), made as (
        insert into rate_buckets (tenant_id, tokens, at)
        select tenant_id, burst, clock_timestamp() from sold where rate is not null
        on conflict do nothing
      ), held as (
        select b.tenant_id, least(s.burst, b.tokens + extract(epoch from clock_timestamp() - b.at) * s.rate) as tokens
        from sold s join rate_buckets b on b.tenant_id = s.tenant_id and s.rate is not null
        for update of b
      ), taken as (
        update rate_buckets b set at = clock_timestamp(),
          tokens = h.tokens - least(${wanted}::int, greatest(0, floor(h.tokens)))
        from held h where b.tenant_id = h.tenant_id
        returning h.tokens as had, b.tokens as left
      )
      select s.rate, coalesce(t.had - t.left, 0)::int as granted, t.left
      from sold s left join taken t on true`,
  );
  if (!row || row.rate === null) return null;
  const { rate, granted, left } = row;
  // A bucket that was just made is full, and seen by whoever asks next.
  return { granted, rate, wait: left === null ? 0 : Math.max(0, ((1 - left) / rate) * 1_000) };
}
