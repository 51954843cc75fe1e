import { useEffect, useState } from 'preact/hooks';
import type { EntryRow } from '../../bridge.js';
import { useCell } from './cell.js';
import { lastEnded, useModel } from './console-model.js';
import { Reading, type ReadingView } from './reading.js';

export interface Entries {
  readonly view: ReadingView<'entries'>;
  readonly rows: readonly EntryRow[];
  readonly read: () => void;
}

/** Leases and reservations of one scope, of both servers where a relationship holds it. */
export function useEntries(server: string, scopeId: string): Entries {
  const model = useModel();
  const [reading] = useState(
    () => new Reading(model.bridge, 'entries', (row) => (row.kind === 'entry' ? row.address : row.key)),
  );
  const view = useCell(reading.view);
  const read = (): void => reading.read({ kind: 'addresses', server, scopeId });
  const ended = lastEnded(useCell(model.runs));
  useEffect(() => {
    read();
    return () => reading.stop();
  }, [server, scopeId, ended]);
  return { view, rows: view.rows as readonly EntryRow[], read };
}
