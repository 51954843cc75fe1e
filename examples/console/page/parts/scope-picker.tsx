import type { JSX } from 'preact';
import type { ScopeRow } from '../../bridge.js';
import { counted, number } from '../data/format.js';
import { data } from './text.js';
import type { Chosen } from './tick.js';
import { TickTable } from './tick-table.js';

interface ScopePickerProps {
  /** Of one server, in no relationship. Those that cannot be protected say why. */
  readonly scopes: readonly ScopeRow[];
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
}

const cannot = ({ cannotProtect }: ScopeRow): boolean => cannotProtect !== null;

export function ScopePicker({ scopes, chosen, onChosen }: ScopePickerProps): JSX.Element {
  const can = scopes.filter((scope) => !cannot(scope)).length;
  return (
    <TickTable
      label="Scopes in no relationship"
      rows={scopes}
      keyOf={({ scopeId }) => scopeId}
      labelOf={({ scopeId }) => `Choose ${scopeId}`}
      allLabel={`Choose all ${counted(can, 'scope')}`}
      isOff={cannot}
      chosen={chosen}
      onChosen={onChosen}
      heads={[['Scope'], ['Name'], ['Range', 'low'], ['In use', 'num']]}
      cells={({ scopeId, prefix, name, start, end, inUse, cannotProtect, isActive }) => (
        <>
          <th scope="row" class="nowrap">
            {scopeId} <span class="quiet">/{prefix}</span>
          </th>
          <td>
            {data(name, 60)}
            {isActive ? null : <span class="muted"> inactive</span>}
            {cannotProtect === null ? null : <span class="hint">{data(cannotProtect, 200)}</span>}
          </td>
          <td class="low muted nowrap">
            {start} to {end}
          </td>
          <td class="num">{inUse === null ? 'not known' : number(inUse)}</td>
        </>
      )}
    />
  );
}
