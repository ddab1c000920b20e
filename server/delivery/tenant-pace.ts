import { setTimeout as sleep } from 'node:timers/promises';
import { takeTokens } from '#server/capacity/take-tokens.ts';

/** What this process holds of a tenant's rate. */
type Share = { left: number; freeUntil: number; asking: Promise<void> | undefined };

// Taken together, so that not every message costs a look: a tenth of a second's worth, and a few at least.
const fewest = 4;
const partOfSecond = 10;
// A tenant without a rate is asked about again after this; a changed rate counts within a second. Milliseconds.
const freeFor = 5_000;
const longestSleep = 1_000;

const shares = new Map<string, Share>();

/** Resolves when the tenant's next message may leave by the rate that it was sold; those who ask wait in line. */
export async function tenantTurn(tenantId: string): Promise<void> {
  const share = shares.get(tenantId) ?? { left: 0, freeUntil: 0, asking: undefined };
  shares.set(tenantId, share);
  for (;;) {
    if (share.freeUntil > performance.now()) return;
    if (share.left > 0) {
      share.left -= 1;
      return;
    }
    share.asking ??= refill(tenantId, share).finally(() => {
      share.asking = undefined;
    });
    await share.asking;
  }
}

/** There was nothing to send after all. */
export function giveTurnBack(tenantId: string): void {
  const share = shares.get(tenantId);
  if (share && share.freeUntil <= performance.now()) share.left += 1;
}

async function refill(tenantId: string, share: Share) {
  const taken = await takeTokens(tenantId, fewest);
  if (taken === null) {
    share.freeUntil = performance.now() + freeFor;
    return;
  }
  const { granted, rate, wait } = taken;
  share.left += granted;
  const more = Math.ceil(rate / partOfSecond) - fewest;
  if (granted === fewest && more > 0) share.left += (await takeTokens(tenantId, more))?.granted ?? 0;
  if (granted === 0) await sleep(Math.min(wait, longestSleep));
}
