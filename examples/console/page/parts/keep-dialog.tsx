import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DifferenceRow, PairView } from '../../bridge.js';
import { matcher } from '../data/filter.js';
import { capital, counted, number, visible } from '../data/format.js';
import { Cards } from './cards.js';
import { AskDialog } from './dialog.js';
import { pairNames } from './pair-action.js';
import { PlanDialog } from './plan-dialog.js';
import { data } from './text.js';
import type { Chosen } from './tick.js';
import { TickTable } from './tick-table.js';

interface KeepDialogProps {
  readonly view: PairView;
  readonly rows: readonly DifferenceRow[];
  readonly onClose: () => void;
}

const SIDES = ['secondary', 'primary'] as const;
type Side = (typeof SIDES)[number];
const otherSide = (side: Side): Side => (side === 'primary' ? 'secondary' : 'primary');
/** Beyond that nobody ticks one by one; the filter finds the others. */
const MOST = 200;
/** From there on a filter helps. */
const MANY = 12;

/** What a replication would take from a server is chosen, and written to its partner before. */
export function KeepDialog({ view, rows, onClose }: KeepDialogProps): JSX.Element {
  const name = pairNames(view);
  const of = (side: Side): readonly DifferenceRow[] => rows.filter(({ keepable }) => keepable.includes(side));
  const [side, setSide] = useState<Side>(of('secondary').length > 0 ? 'secondary' : 'primary');
  const [chosen, setChosen] = useState<Chosen>(new Set());
  const [isPlanning, setPlanning] = useState(false);
  const [owner, partner] = [view[side].server, view[otherSide(side)].server];
  if (isPlanning) {
    return (
      <PlanDialog
        title={`Keep ${counted(chosen.size, 'thing')} of ${owner}?`}
        change={{ kind: 'keep', key: view.key, owner, items: [...chosen] }}
        onClose={onClose}
      />
    );
  }
  return (
    <AskDialog
      title={`Keep some of ${name(owner)}'s`}
      isBroad
      onClose={onClose}
      button={chosen.size === 0 ? 'Review' : `Review ${number(chosen.size)}`}
      onButton={() => setPlanning(true)}
      off={chosen.size === 0 ? 'Choose first.' : null}
    >
      <p>
        Replicating {data(partner)} takes or changes these on {data(owner)}. What you choose is written to{' '}
        {data(partner)} as well, so that both have it.
      </p>
      <Cards
        legend="Whose"
        name="whose"
        value={side}
        onPick={(picked) => {
          setSide(picked);
          setChosen(new Set());
        }}
        cards={SIDES.map((one) => ({
          value: one,
          title: data(view[one].server, 80),
          text: `${number(of(one).length)} would go or change`,
        }))}
      />
      <KeepPicker
        rows={of(side)}
        side={side}
        heads={[name(owner), name(partner)]}
        chosen={chosen}
        onChosen={setChosen}
      />
    </AskDialog>
  );
}

function KeepPicker({
  rows,
  side,
  heads,
  chosen,
  onChosen,
}: {
  readonly rows: readonly DifferenceRow[];
  readonly side: Side;
  readonly heads: readonly [owner: string, partner: string];
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
}): JSX.Element {
  const [filter, setFilter] = useState('');
  const isFound = matcher(filter);
  const found = rows.filter((row) => isFound({ texts: [row.scopeId, row.scopeName, row.what, row[side]] }));
  const shown = found.slice(0, MOST);
  return (
    <>
      {rows.length < MANY ? null : (
        <label class="field">
          <span>Filter</span>
          <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
      )}
      {shown.length < found.length ? (
        <p class="muted" role="status">
          The first {MOST} of {number(found.length)}. The filter finds the others.
        </p>
      ) : null}
      <TickTable
        label="What would go or change"
        rows={shown}
        keyOf={({ key }) => key}
        labelOf={(row) => `Keep ${visible(row.what).slice(0, 120)} of ${row.scopeId}`}
        allLabel={`Choose all ${number(shown.length)}`}
        chosen={chosen}
        onChosen={onChosen}
        heads={[['What'], [<>On {data(heads[0])}</>], [<>On {data(heads[1])}</>]]}
        cells={(row) => (
          <>
            <th scope="row">
              {data(capital(row.what), 120)} <span class="quiet">in {data(row.scopeId)}</span>
            </th>
            <td>{data(row[side] || 'there', 120)}</td>
            <td class={row.verdict === 'other' ? '' : 'nowrap'}>
              {row.verdict === 'other' ? (
                data(row[otherSide(side)] || 'empty', 120)
              ) : (
                <span class="absent">not there</span>
              )}
            </td>
          </>
        )}
      />
    </>
  );
}
