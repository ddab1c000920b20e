/** Whom each number has blocked, by address. */
export type Blocks = {
  add(phoneNumberId: string, address: string): void;
  remove(phoneNumberId: string, address: string): void;
  has(phoneNumberId: string, address: string): boolean;
  list(phoneNumberId: string): string[];
  clear(): void;
};

export function createBlocks(): Blocks {
  const blocked = new Map<string, Set<string>>();
  const of = (id: string) => blocked.get(id) ?? new Set<string>();
  return {
    add: (id, address) => void blocked.set(id, of(id).add(address)),
    remove: (id, address) => void of(id).delete(address),
    has: (id, address) => of(id).has(address),
    list: (id) => [...of(id)],
    clear: () => blocked.clear(),
  };
}
