import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PairView } from '../../bridge.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import type { PairAction } from './pair-action.js';

interface PairMenuProps {
  readonly view: PairView;
  /** Why changes are off. */
  readonly whyOff: string | null;
  readonly onAction: (action: PairAction) => void;
}

/** What is done seldom. It opens below its button, and is read in the order in which it is seen. */
export function PairMenu({ view, whyOff, onAction }: PairMenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event): void => {
      if (event.target instanceof Node && box.current?.contains(event.target)) return;
      setOpen(false);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      opener.current?.focus();
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', close);
    addEventListener('focusin', close);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', close);
      removeEventListener('focusin', close);
    };
  }, [isOpen]);
  const begin = (action: PairAction): void => {
    // The dialog gives the focus back to what had it: that is the menu's button, since its entries are gone by then.
    opener.current?.focus();
    setOpen(false);
    onAction(action);
  };
  const [survivor] = view.offers.partnerDown;
  const offDown =
    whyOff ??
    (survivor === undefined
      ? 'Only while communication is interrupted: a server that still talks to its partner knows that it is there.'
      : null);
  return (
    <div class="more" ref={box}>
      <button
        ref={opener}
        type="button"
        aria-expanded={isOpen}
        aria-label="More actions"
        onClick={() => setOpen(!isOpen)}
      >
        More <Icon name="down" />
      </button>
      {isOpen ? (
        <div class="menu">
          <Button off={whyOff} onClick={() => begin({ kind: 'addScopes' })}>
            Add scopes…
          </Button>
          <Button off={whyOff} onClick={() => begin({ kind: 'drain' })}>
            Drain for maintenance…
          </Button>
          <Button off={offDown} onClick={() => survivor !== undefined && begin({ kind: 'partnerDown', survivor })}>
            Partner is down…
          </Button>
          {offDown === null || whyOff !== null ? null : <small>{offDown}</small>}
          <Button off={whyOff} onClick={() => begin({ kind: 'remove' })}>
            Remove failover…
          </Button>
          {whyOff === null ? null : <small>{whyOff}</small>}
        </div>
      ) : null}
    </div>
  );
}
