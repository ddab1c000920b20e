/** Who listens to what, by id. */
export class Topics<T> {
  private listeners = new Map<string, Set<(news: T) => void>>();

  /** Returns how to stop. */
  add(id: string, listener: (news: T) => void): () => void {
    const own = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, own.add(listener));
    return () => {
      own.delete(listener);
      if (own.size === 0 && this.listeners.get(id) === own) this.listeners.delete(id);
    };
  }

  tell(id: string, news: T): void {
    for (const listener of this.listeners.get(id) ?? []) listener(news);
  }

  tellAll(news: T): void {
    for (const id of this.listeners.keys()) this.tell(id, news);
  }
}
