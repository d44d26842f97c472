/** Functions by what they listen to. */
export interface Listeners {
  /** Returns what ends the listening. */
  add(name: string, listener: (payload: never) => void): () => void;
  tell(name: string, payload: unknown): void;
}

export function createListeners(): Listeners {
  const byName = new Map<string, Set<(payload: never) => void>>();
  return {
    add(name, listener) {
      const set = byName.get(name) ?? new Set();
      byName.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    tell(name, payload) {
      for (const listener of [...(byName.get(name) ?? [])]) listener(payload as never);
    },
  };
}
