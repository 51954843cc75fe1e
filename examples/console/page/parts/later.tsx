import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { cell, useCell } from '../data/cell.js';

type More = typeof import('../later.js');
const more = cell<More | null>(null);

/** Fetches the second script, once. Where that fails the next one who needs it tries again. */
export async function fetchLater(): Promise<void> {
  if (more.get() === null) more.set(await import('../later.js'));
}

/** A screen or dialog of the second script. Until that is there, what stands in its place. */
export function Later({
  show,
  meanwhile = null,
}: {
  readonly show: (script: More) => JSX.Element;
  readonly meanwhile?: JSX.Element | null;
}): JSX.Element | null {
  const script = useCell(more);
  useEffect(() => {
    fetchLater().catch(() => undefined);
  }, []);
  return script === null ? meanwhile : show(script);
}
