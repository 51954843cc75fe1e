import { useState } from 'preact/hooks';
import { keep, kept } from './tab-store.js';

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
