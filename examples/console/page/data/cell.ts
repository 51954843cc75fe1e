import { useEffect, useState } from 'preact/hooks';

/** A value that screens read and are drawn again with. */
export interface Cell<T> {
  get(): T;
  set(value: T): void;
  /** Calls until the function that it gives is called. */
  watch(listen: () => void): () => void;
}

export function cell<T>(first: T): Cell<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listen of [...listeners]) listen();
    },
    watch: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

export function useCell<T>(source: Cell<T>): T {
  const [, redraw] = useState({});
  const value = source.get();
  useEffect(() => {
    // It may have changed between drawing and this.
    if (!Object.is(source.get(), value)) redraw({});
    return source.watch(() => redraw({}));
  }, [source]);
  return value;
}
