import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { useModel } from '../data/console-model.js';
import { isReadAgainKey } from '../data/read-again-key.js';
import { Icon } from './icon.js';

interface ButtonProps {
  readonly onClick?: (event: MouseEvent) => void;
  readonly look?: 'primary' | 'danger' | 'plain' | '';
  readonly type?: 'button' | 'submit';
  /** Why it does nothing now: said beside it, not in a tooltip alone. */
  readonly off?: string | null;
  /** The reason stands somewhere else already, in the element of that id. */
  readonly offAt?: string | undefined;
  readonly isFirst?: boolean;
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A button that stays reachable while it is off, and says why. */
export function Button({
  onClick,
  look = '',
  type = 'button',
  off = null,
  offAt,
  isFirst = false,
  label,
  children,
}: ButtonProps): JSX.Element {
  const id = useId();
  const isOff = off !== null;
  return (
    <>
      <button
        type={type}
        class={isOff ? (look === 'plain' ? 'plain' : '') : look}
        aria-disabled={isOff ? 'true' : undefined}
        aria-describedby={isOff ? (offAt ?? id) : undefined}
        aria-label={label}
        title={isOff && offAt === undefined ? off : undefined}
        data-first={isFirst ? '' : undefined}
        onClick={(event) => {
          if (isOff) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {children}
      </button>
      {isOff && offAt === undefined ? (
        <span class="hidden" id={id}>
          {off}
        </span>
      ) : null}
    </>
  );
}

export function ReadAgain({
  onClick,
  isReading,
}: {
  readonly onClick: () => void;
  readonly isReading: boolean;
}): JSX.Element {
  const model = useModel();
  useEffect(() => {
    const keys = (event: KeyboardEvent): void => {
      if (model.state.get()?.window !== 'electron' || !isReadAgainKey(event)) return;
      event.preventDefault();
      if (!isReading && document.querySelector('dialog[open]') === null) onClick();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  });
  return (
    <button type="button" onClick={onClick} aria-disabled={isReading ? 'true' : undefined}>
      <Icon name="move" class={isReading ? 'spin' : ''} />
      {isReading ? 'Reading' : 'Read again'}
    </button>
  );
}
