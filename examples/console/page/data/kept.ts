import { useState } from 'preact/hooks';

/** A state that survives a visit to another screen and a reload, in `sessionStorage`. Never anything secret. */
export function useKept<T extends string | number | boolean | object>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => kept(name) ?? first);
  return [
    value,
    (next) => {
      keep(name, next);
      setValue(next);
    },
  ];
}

export function kept<T>(name: string): T | undefined {
  try {
    const text = sessionStorage.getItem(`console:${name}`);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(`console:${name}`, JSON.stringify(value));
  } catch {
    // Full, or not there: then it is forgotten.
  }
}
