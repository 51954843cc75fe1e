import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { EntryRow } from '../../bridge.js';
import { useDirectChange } from '../data/use-direct-change.js';
import { AskDialog } from './dialog.js';
import { focusFirstWrong, TextField } from './field.js';
import { PlanDialog } from './plan-dialog.js';

interface ReservationDialogProps {
  readonly server: string;
  readonly scopeId: string;
  /** The lease that is reserved, or the reservation that is changed; null: a new one. */
  readonly row: EntryRow | null;
  readonly onClose: () => void;
}

const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
/** Two digits a byte, with or without separators. */
const CLIENT_ID = /^[\da-f]{2}(?:[-:. ]?[\da-f]{2})*$/i;

/** Written to both servers by the same cmdlet: replication would take everything else along. */
export function ReservationDialog({ server, scopeId, row, onClose }: ReservationDialogProps): JSX.Element {
  const [address, setAddress] = useState(row?.address ?? '');
  const [clientId, setClientId] = useState(row?.clientId ?? '');
  const [name, setName] = useState(row?.name ?? '');
  const [description, setDescription] = useState(row?.description ?? '');
  const [isShown, setShown] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const direct = useDirectChange(onClose);
  const action = row?.isReservation ? 'change' : 'add';
  const title =
    row === null
      ? `Add a reservation in ${scopeId}`
      : row.isReservation
        ? `Change the reservation of ${row.address}`
        : `Reserve ${row.address}`;
  if (direct.asked !== null) return <PlanDialog title={title} change={direct.asked} onClose={onClose} />;
  const wrongAddress = ADDRESS.test(address.trim()) ? null : 'An IPv4 address of this scope.';
  const wrongClient = CLIENT_ID.test(clientId.trim()) ? null : 'Hexadecimal digits, as 00-15-5d-0a-31-7c.';
  const submit = (): void => {
    setShown(true);
    if (wrongAddress !== null || wrongClient !== null) {
      focusFirstWrong(box.current);
      return;
    }
    void direct.begin({
      kind: 'reservation',
      action,
      server,
      scopeId,
      address: address.trim(),
      clientId: clientId.trim(),
      name: name === '' ? null : name,
      description: description === '' ? null : description,
      on: null,
    });
  };
  const isFixed = row !== null;
  return (
    <AskDialog
      title={title}
      onClose={onClose}
      button={action === 'add' ? 'Add reservation' : 'Change reservation'}
      onButton={submit}
      isBusy={direct.isBusy}
      problem={direct.problem}
      hasFirst
    >
      <p>
        It is written to every server that holds the scope, by the same cmdlet. If one fails, the other keeps it, and
        the row says so.
      </p>
      <div class="cols" ref={box}>
        <TextField
          label="Address"
          value={address}
          onValue={setAddress}
          problem={isShown ? wrongAddress : null}
          isReadOnly={isFixed}
          isFirst={!isFixed}
        />
        <TextField
          label="Client ID"
          value={clientId}
          onValue={setClientId}
          problem={isShown ? wrongClient : null}
          isMono
          hint="MAC address in any spelling."
          isFirst={isFixed}
        />
        <TextField label="Name" value={name} onValue={setName} />
        <TextField label="Description" value={description} onValue={setDescription} />
      </div>
    </AskDialog>
  );
}
