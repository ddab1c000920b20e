import { type MetaApp, type MetaNumber, world } from './world.ts';

/** Where a WABA's `messages` webhooks go instead of the app's own callback. */
export type CallbackOverride = { readonly uri: string; readonly verifyToken: string };

/** The apps, the numbers, and which WABAs an app listens to. */
export type Directory = {
  apps(): MetaApp[];
  numbers(): MetaNumber[];
  app(appId: string): MetaApp | undefined;
  number(phoneNumberId: string): MetaNumber | undefined;
  numbersOf(wabaId: string): MetaNumber[];
  isToken(token: string): boolean;
  opens(token: string, wabaId: string): boolean;
  /** The WABAs that a token opens. */
  openedBy(token: string): string[];
  /** One more token for a WABA, beside those it has. */
  addToken(token: string, wabaId: string): void;
  putApp(app: MetaApp): void;
  putNumber(number: MetaNumber): void;
  isSubscribed(wabaId: string): boolean;
  override(wabaId: string): CallbackOverride | undefined;
  subscribe(wabaId: string, override?: CallbackOverride): void;
  unsubscribe(wabaId: string): void;
  /** All of it as JSON, and all of it again. */
  snapshot(): Record<string, unknown>;
  restore(snapshot: Record<string, unknown>): void;
  onChange(listener: () => void): void;
};

/** Starts as the demo world (`platform` may replace the product's own app); every WABA is subscribed. */
export function createDirectory(platform: Partial<MetaApp> = {}): Directory {
  const [demoPlatform, ...others] = world.apps;
  const apps = new Map<string, MetaApp>();
  const numbers = new Map<string, MetaNumber>();
  const tokens = new Map<string, Set<string>>();
  const silent = new Set<string>();
  const overrides = new Map<string, CallbackOverride>();
  let changed = () => {};

  function putApp(app: MetaApp) {
    apps.set(app.appId, app);
    changed();
  }

  function addToken(token: string, wabaId: string) {
    tokens.set(token, (tokens.get(token) ?? new Set()).add(wabaId));
    changed();
  }

  function putNumber(number: MetaNumber) {
    const former = numbers.get(number.phoneNumberId);
    numbers.set(number.phoneNumberId, number);
    if (former && former.token !== number.token) tokens.delete(former.token);
    for (const { token, wabaId } of numbers.values()) addToken(token, wabaId);
  }

  if (demoPlatform) putApp({ ...demoPlatform, ...platform, appId: demoPlatform.appId });
  for (const app of others) putApp(app);
  for (const number of world.numbers) putNumber(number);

  return {
    apps: () => [...apps.values()],
    numbers: () => [...numbers.values()],
    app: (appId) => apps.get(appId),
    number: (phoneNumberId) => numbers.get(phoneNumberId),
    numbersOf: (wabaId) => [...numbers.values()].filter((number) => number.wabaId === wabaId),
    isToken: (token) => tokens.has(token),
    opens: (token, wabaId) => tokens.get(token)?.has(wabaId) ?? false,
    openedBy: (token) => [...(tokens.get(token) ?? [])],
    addToken,
    putApp,
    putNumber,
    isSubscribed: (wabaId) => !silent.has(wabaId),
    override: (wabaId) => overrides.get(wabaId),
    subscribe: (wabaId, override) => {
      silent.delete(wabaId);
      if (override) overrides.set(wabaId, override);
      else overrides.delete(wabaId);
      changed();
    },
    unsubscribe: (wabaId) => {
      silent.add(wabaId);
      overrides.delete(wabaId);
      changed();
    },
    snapshot: () => ({
      apps: [...apps].filter(([id]) => !world.apps.some(({ appId }) => appId === id)),
      numbers: [...numbers],
      tokens: [...tokens].map(([token, wabas]) => [token, [...wabas]]),
      silent: [...silent],
      overrides: [...overrides],
    }),
    restore: (snapshot) => {
      // The cast: written by snapshot alone.
      const kept = snapshot as {
        apps: [string, MetaApp][];
        numbers: [string, MetaNumber][];
        tokens: [string, string[]][];
        silent: string[];
        overrides: [string, CallbackOverride][];
      };
      for (const [id, app] of kept.apps) apps.set(id, app);
      for (const [id, number] of kept.numbers) numbers.set(id, number);
      for (const [token, wabas] of kept.tokens) tokens.set(token, new Set(wabas));
      for (const wabaId of kept.silent) silent.add(wabaId);
      for (const [wabaId, override] of kept.overrides) overrides.set(wabaId, override);
    },
    onChange: (listener) => {
      changed = listener;
    },
  };
}
