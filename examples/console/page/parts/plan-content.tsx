import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Plan, PlanEffect } from '../../bridge.js';
import { capital, counted, number } from '../data/format.js';
import { PowerShellLine } from './copy-button.js';
import { Notice } from './notice.js';
import { arrow, data } from './text.js';

/** What a plan does, one thing a line: all that goes, and of the rest as much as is read at once. */
export function PlanContent({ plan }: { readonly plan: Plan }): JSX.Element {
  const servers = [...new Set(plan.effects.map(({ server }) => server))];
  return (
    <>
      {plan.relationships.length > 1 ? <ManyRelationships plan={plan} /> : null}
      {servers.map((server) => (
        <div key={server}>
          <h3>On {data(server)}</h3>
          <EffectList effects={plan.effects.filter((effect) => effect.server === server)} />
        </div>
      ))}
      {plan.stays.length === 0 ? null : (
        <details>
          <summary>{counted(plan.stays.length, 'thing')} this does not change</summary>
          <ul class="lost-list">
            {plan.stays.map((sentence) => (
              <li key={sentence}>
                <b class="quiet">Stays</b>
                {data(sentence, 300)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {plan.saved === 'nothing' ? null : (
        <Notice look="info">
          {plan.saved === 'putBack' ? (
            <>
              What is removed or changed is saved first. For 30 days <strong>Activity</strong> can put it back.
            </>
          ) : (
            <>
              What is removed or changed is saved first. <strong>Saved as a report</strong> in Activity, for 30 days.
            </>
          )}
        </Notice>
      )}
      {plan.line === '' ? null : <PowerShellLine line={plan.line} />}
    </>
  );
}

const FEW = 5;
const VERBS = { remove: 'Remove', change: 'Change', add: 'Add' } as const;

/** Every removal has its line; changes and additions collapse past five. */
export function EffectList({ effects }: { readonly effects: readonly PlanEffect[] }): JSX.Element {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  return (
    <ul class="lost-list" data-effects>
      {(['remove', 'change', 'add'] as const).map((verb) => {
        const same = effects.filter((effect) => effect.verb === verb);
        const isAll = verb === 'remove' || same.length <= FEW || open.has(verb);
        return [
          ...(isAll ? same : same.slice(0, FEW)).map((effect) => (
            <EffectLine key={`${verb} ${effect.scopeId} ${effect.what}`} effect={effect} />
          )),
          isAll ? null : (
            <li key={`${verb} more`}>
              <b class={verb}>{VERBS[verb]}</b>
              <span>
                <button type="button" class="plain" onClick={() => setOpen(new Set([...open, verb]))}>
                  Show all {number(same.length)}
                </button>
              </span>
            </li>
          ),
        ];
      })}
    </ul>
  );
}

function EffectLine({ effect }: { readonly effect: PlanEffect }): JSX.Element {
  const { verb, what, from, to, scopeId } = effect;
  const value = verb === 'remove' ? from : to;
  return (
    <li data-verb={verb}>
      <b class={verb}>{VERBS[verb]}</b>
      <span>
        {data(capital(what), 300)}
        {scopeId === null || what.includes(scopeId) ? null : <> in {data(scopeId)}</>}{' '}
        <span class="muted">
          {verb === 'change' && from !== null && to !== null ? (
            <>
              {data(from, 300)} becomes {data(to, 300)}
            </>
          ) : value === null || what.includes(value) ? null : (
            data(value, 300)
          )}
        </span>
      </span>
    </li>
  );
}

/** Most removals first. */
function ManyRelationships({ plan }: { readonly plan: Plan }): JSX.Element {
  return (
    <div class="scroll">
      <table aria-label="Relationships of this plan">
        <thead>
          <tr>
            <th scope="col">Relationship</th>
            <th scope="col">Direction</th>
            <th scope="col" class="num">
              Adds
            </th>
            <th scope="col" class="num">
              Changes
            </th>
            <th scope="col" class="num">
              Removes
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.relationships.map(({ key, name, from, to, adds, changes, removes, problem }) => (
            <tr key={key}>
              <th scope="row">{data(name, 60)}</th>
              <td class="nowrap">{arrow(from, to)}</td>
              {problem === null ? (
                <>
                  <td class="num">{number(adds)}</td>
                  <td class="num">{number(changes)}</td>
                  <td class="num">{removes > 0 ? <strong>{number(removes)}</strong> : number(removes)}</td>
                </>
              ) : (
                <td colSpan={3}>Left out: {data(problem.what, 200)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
