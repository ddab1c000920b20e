import type { LoadChannel } from '#load/generator/prepare-webhooks.ts';
import type { House } from '#load/house/start-house.ts';
import type { Root } from '#load/machine/process-usage.ts';

/** What is put under load: a product of the run's own, or whatever listens at an address. */
export type Subject = {
  readonly house: House | undefined;
  readonly origins: readonly string[];
  /** Of the webhook. */
  readonly path: string;
  readonly secret: string;
  readonly channels: readonly LoadChannel[];
  /** Where rows can be counted; none when nobody said. */
  readonly database: string | undefined;
  readonly commit: string | null;
  readonly processes: () => readonly Root[];
  /** Whether these are all that work for it, so that whatever else is busy is somebody else. */
  readonly isWhole: boolean;
  readonly close: () => Promise<void>;
};
