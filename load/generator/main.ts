import { type GeneratorJob, type GeneratorResult, prepareGenerator, type Tick } from './generate.ts';

/** What the process says to its parent. */
export type Word =
  | { readonly type: 'prepared'; readonly webhooks: number; readonly bytes: number }
  | { readonly type: 'tick'; readonly tick: Tick }
  | { readonly type: 'done'; readonly result: GeneratorResult }
  | { readonly type: 'failed'; readonly why: string };

/** What it hears: a job to prepare, then the word to begin. */
export type Order = { readonly type: 'prepare'; readonly job: GeneratorJob } | { readonly type: 'go' };

// A process of its own: what it costs is known apart, and nobody's garbage collection delays a request. One job each.
let generator: ReturnType<typeof prepareGenerator> | undefined;
const say = (word: Word) => process.send?.(word);

process.on('disconnect', () => process.exit(1));
process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) =>
    say({ type: 'failed', why: error instanceof Error ? error.message : String(error) }),
  );
});

async function obey(order: Order) {
  if (order.type === 'prepare') {
    generator = prepareGenerator(order.job);
    say({ type: 'prepared', webhooks: generator.prepared, bytes: generator.bytes });
  } else if (generator)
    say({ type: 'done', result: await generator.run((tick) => say({ type: 'tick', tick })) });
}
