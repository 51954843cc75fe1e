import type { JSX } from 'preact';
import type { ScopeRow } from '../../bridge.js';
import { counted, number } from '../data/format.js';
import { data } from './text.js';

interface ScopePickerProps {
  /** Of one server, in no relationship. Those that cannot be protected say why. */
  readonly scopes: readonly ScopeRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

export function ScopePicker({ scopes, chosen, onChosen }: ScopePickerProps): JSX.Element {
  const can = scopes.filter(({ cannotProtect }) => cannotProtect === null);
  const isAll = can.length > 0 && can.every(({ scopeId }) => chosen.has(scopeId));
  const toggle = (scopeId: string): void => {
    const next = new Set(chosen);
    if (!next.delete(scopeId)) next.add(scopeId);
    onChosen(next);
  };
  return (
    <div class="scroll tall">
      <table aria-label="Scopes in no relationship">
        <thead>
          <tr>
            <th scope="col" class="tick">
              <label class="pick">
                <input
                  type="checkbox"
                  aria-label={`Choose all ${counted(can.length, 'scope')}`}
                  checked={isAll}
                  disabled={can.length === 0}
                  onChange={() => onChosen(new Set(isAll ? [] : can.map(({ scopeId }) => scopeId)))}
                />
              </label>
            </th>
            <th scope="col">Scope</th>
            <th scope="col">Name</th>
            <th scope="col" class="low">
              Range
            </th>
            <th scope="col" class="num">
              In use
            </th>
          </tr>
        </thead>
        <tbody>
          {scopes.map(({ scopeId, prefix, name, start, end, inUse, cannotProtect, isActive }) => (
            <tr key={scopeId}>
              <td class="tick">
                <label class="pick">
                  <input
                    type="checkbox"
                    aria-label={`Choose ${scopeId}`}
                    checked={chosen.has(scopeId)}
                    disabled={cannotProtect !== null}
                    onChange={() => toggle(scopeId)}
                  />
                </label>
              </td>
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
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
