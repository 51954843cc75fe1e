import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PairView, Problem, ScopeRow } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { ask, problemFrom } from '../data/reading.js';
import { AskDialog } from './dialog.js';
import { PlanDialog } from './plan-dialog.js';
import { ScopePicker } from './scope-picker.js';

/** More scopes for a pair: of either server, in no relationship yet. */
export function AddScopesDialog({
  view,
  onClose,
}: {
  readonly view: PairView;
  readonly onClose: () => void;
}): JSX.Element {
  const { bridge } = useModel();
  const [server, setServer] = useState(view.primary.server);
  const [scopes, setScopes] = useState<readonly ScopeRow[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isPlanning, setPlanning] = useState(false);
  useEffect(() => {
    const found: ScopeRow[] = [];
    setScopes(null);
    setChosen(new Set());
    setProblem(null);
    const onRow = (row: { readonly kind: string }): void => void (row.kind === 'scope' && found.push(row as ScopeRow));
    ask(bridge, 'entries', { kind: 'scopes', servers: [server] }, { onRow }).then(
      () => setScopes(found.filter(({ relationship }) => relationship === null)),
      (error: unknown) => setProblem(problemFrom(error)),
    );
  }, [server]);
  if (isPlanning) {
    return (
      <PlanDialog
        title={`Protect ${chosen.size} scopes?`}
        change={{ kind: 'addScopes', key: view.key, server, scopeIds: [...chosen] }}
        onClose={onClose}
      />
    );
  }
  return (
    <AskDialog
      title={`Add scopes to ${view.name}`}
      onClose={onClose}
      button="Review"
      onButton={() => setPlanning(true)}
      off={chosen.size === 0 ? 'Choose scopes first.' : null}
      problem={problem}
    >
      <label class="field">
        <span>Scopes of</span>
        <select value={server} onChange={(event) => setServer(event.currentTarget.value)}>
          {[view.primary.server, view.secondary.server].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {scopes === null ? (
        problem === null ? (
          <p role="status">Asking {server}.</p>
        ) : null
      ) : scopes.length === 0 ? (
        <p>Every scope of {server} is in a relationship already.</p>
      ) : (
        <ScopePicker scopes={scopes} chosen={chosen} onChosen={setChosen} />
      )}
    </AskDialog>
  );
}
