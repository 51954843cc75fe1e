import type { JSX } from 'preact';
import type { PairView } from '../../bridge.js';
import { visible } from '../data/format.js';
import { useKept } from '../data/kept.js';
import { EntryList } from '../parts/entry-list.js';
import { Empty } from '../parts/frame.js';
import { ActivityList } from './activity.js';

/** The addresses of one scope at a time. */
export function PairAddresses({ view }: { readonly view: PairView }): JSX.Element {
  const scopes = [...new Map(view.scopeRows.map((row) => [row.scopeId, row])).values()];
  const [wanted, setWanted] = useKept<string>(`addresses ${view.key}`, '');
  const scope = scopes.find(({ scopeId }) => scopeId === wanted) ?? scopes[0];
  if (scope === undefined) return <Empty>No scope was told by either server.</Empty>;
  return (
    <>
      <div class="body">
        <label class="row">
          <span>Scope</span>
          <select class="auto" value={scope.scopeId} onChange={(event) => setWanted(event.currentTarget.value)}>
            {scopes.map(({ scopeId, name }) => (
              <option key={scopeId} value={scopeId}>
                {scopeId} {visible(name).slice(0, 60)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <EntryList key={scope.key} server={scope.server} scopeId={scope.scopeId} />
    </>
  );
}

export function PairHistory({ pairKey }: { readonly pairKey: string }): JSX.Element {
  return <ActivityList pairKey={pairKey} />;
}
