import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FleetRow } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { counted } from '../data/format.js';
import { ask, problemFrom } from '../data/reading.js';
import { go } from '../data/route.js';
import { Button } from './button.js';
import { AskDialog } from './dialog.js';
import { PlanDialog } from './plan-dialog.js';

/** What can be done with the servers that were chosen. */
export function FleetActions({
  rows,
  onClear,
}: {
  readonly rows: readonly FleetRow[];
  readonly onClear: () => void;
}): JSX.Element {
  const [open, setOpen] = useState<'replicate' | 'remove' | null>(null);
  const [only] = rows;
  const relationships = rows.flatMap(({ server, relationships: mine }) =>
    mine.map(({ key }) => ({ key, from: server })),
  );
  // With both servers of a pair chosen the direction would be unsaid.
  const twice = relationships.length !== new Set(relationships.map(({ key }) => key)).size;
  const offReplicate =
    relationships.length === 0
      ? 'None of them has a relationship.'
      : twice
        ? 'Both servers of a pair are chosen: choose the one whose configuration is to be kept.'
        : null;
  return (
    <header class="row">
      <strong>{counted(rows.length, 'server')} chosen</strong>
      <span class="row">
        <Button onClick={() => setOpen('replicate')} off={offReplicate}>
          Replicate from {rows.length === 1 ? 'it' : 'them'}…
        </Button>
        <Button
          onClick={() => only && go(['pairs', 'new'], { server: only.server })}
          off={rows.length === 1 ? null : 'One server at a time.'}
        >
          Protect scopes…
        </Button>
        <Button onClick={() => setOpen('remove')}>Remove from list…</Button>
        <Button look="plain" onClick={onClear}>
          Choose none
        </Button>
      </span>
      {open === 'replicate' ? (
        <PlanDialog
          title={`Replicate ${counted(relationships.length, 'relationship')}?`}
          change={{ kind: 'replicate', relationships, scopeIds: null }}
          onClose={() => setOpen(null)}
          onDone={onClear}
        />
      ) : null}
      {open === 'remove' ? <RemoveFromList rows={rows} onClose={() => setOpen(null)} onDone={onClear} /> : null}
    </header>
  );
}

function RemoveFromList({
  rows,
  onClose,
  onDone,
}: {
  readonly rows: readonly FleetRow[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const model = useModel();
  const remove = async (): Promise<void> => {
    try {
      await ask(model.bridge, 'servers', { add: null, remove: rows.map(({ server }) => server) });
      onDone();
      onClose();
      await model.start();
      model.fleet.read({ servers: null });
    } catch (error) {
      model.announce(problemFrom(error).what, true);
    }
  };
  return (
    <AskDialog
      title={`Remove ${counted(rows.length, 'server')} from the list?`}
      onClose={onClose}
      button="Remove from the list"
      onButton={() => void remove()}
    >
      <p>
        This console does not look at {rows.length === 1 ? 'it' : 'them'} any more. The servers stay as they are; add
        them again at any time.
      </p>
    </AskDialog>
  );
}
