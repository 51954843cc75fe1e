import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Change, EntryRow } from '../../bridge.js';
import { shortName } from '../data/format.js';
import { useDirectChange } from '../data/use-direct-change.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Ends, EntryState } from './entry-words.js';
import { ProblemNotice } from './notice.js';
import { PlanDialog } from './plan-dialog.js';
import { ReservationDialog } from './reservation-dialog.js';
import { data } from './text.js';

interface EntryDialogProps {
  readonly row: EntryRow;
  readonly server: string;
  readonly scopeId: string;
  /** That hold the scope. */
  readonly servers: readonly string[];
  readonly onClose: () => void;
}

/** One address: all that is known of it, and what can be done with it. */
export function EntryDialog({ row, server, scopeId, servers, onClose }: EntryDialogProps): JSX.Element {
  const [asked, setAsked] = useState<Change | null>(null);
  const [isEditing, setEditing] = useState(false);
  const direct = useDirectChange(onClose);
  const place = { server, scopeId, address: row.address, on: null };
  const { clientId, name, description } = row;
  // What one of them lacks is written to it alone.
  const missing =
    row.mark === null || !row.isReservation
      ? undefined
      : servers.find((one) => row.mark?.startsWith('only on') && !row.mark.includes(shortName(one)));
  if (isEditing) return <ReservationDialog server={server} scopeId={scopeId} row={row} onClose={onClose} />;
  const change = asked ?? direct.asked;
  if (change !== null)
    return (
      <PlanDialog
        title={row.isReservation ? `Delete the reservation of ${row.address}?` : `Delete the lease of ${row.address}?`}
        change={change}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={`${row.address} in ${scopeId}`}
      onClose={onClose}
      isHeld={direct.isBusy}
      footer={
        <>
          {missing === undefined ? null : (
            <Button
              look="primary"
              onClick={() =>
                void direct.begin({
                  ...place,
                  kind: 'reservation',
                  action: 'add',
                  clientId,
                  name,
                  description,
                  on: [missing],
                })
              }
              off={direct.isBusy ? 'It is being done.' : null}
            >
              Try again on {shortName(missing)}
            </Button>
          )}
          {row.isReservation ? (
            <>
              <Button onClick={() => setEditing(true)}>Change reservation…</Button>
              <Button
                onClick={() =>
                  setAsked({ ...place, kind: 'reservation', action: 'delete', clientId, name: null, description: null })
                }
              >
                Delete reservation…
              </Button>
            </>
          ) : (
            <>
              <Button onClick={() => setEditing(true)}>Reserve this lease…</Button>
              <Button onClick={() => setAsked({ ...place, kind: 'lease' })}>Delete lease…</Button>
            </>
          )}
          <Button isFirst onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <ProblemNotice problem={direct.problem} />
      <dl class="facts">
        <dt>Name</dt>
        <dd>{data(name ?? 'none', 1000)}</dd>
        <dt>Client ID</dt>
        <dd class="mono">{data(clientId ?? 'none', 400)}</dd>
        <dt>State</dt>
        <dd>
          <EntryState row={row} />
        </dd>
        <dt>Ends</dt>
        <dd>
          <Ends at={row.ends} />
        </dd>
        <dt>Given by</dt>
        <dd>{data(row.givenBy ?? 'not told')}</dd>
        {description === null || description === '' ? null : (
          <>
            <dt>Description</dt>
            <dd>{data(description, 1000)}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
