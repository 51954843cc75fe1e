import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Problem } from '../../bridge.js';
import { Button } from './button.js';
import { ProblemNotice } from './notice.js';
import { data } from './text.js';

interface DialogProps {
  readonly title: string;
  /** Esc, and what the screen's own Cancel does. */
  readonly onClose: () => void;
  readonly isBroad?: boolean;
  readonly children: ComponentChildren;
  readonly footer: ComponentChildren;
  /** While something is under way that cannot be called off. */
  readonly isHeld?: boolean;
}

/** A modal dialog: named, focus on what has `data-first`, Esc closes, and the focus goes back to where it was. */
export function Dialog({
  title,
  onClose,
  isBroad = false,
  children,
  footer,
  isHeld = false,
}: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    const row = opener?.closest('tr');
    const next = row?.nextElementSibling ?? row?.previousElementSibling ?? null;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      element?.close();
      // What opened it may be gone with what was deleted: then the row behind it, or the screen.
      queueMicrotask(() => {
        if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
        else
          (
            next?.querySelector<HTMLElement>('a, button, input') ?? document.querySelector<HTMLElement>('main')
          )?.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isBroad ? 'broad' : ''}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault();
        if (!isHeld) onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={`${id}-title`}>{data(title, 200)}</h2>
      </div>
      <div class="body">{children}</div>
      {footer === null ? null : <div class="dialog-foot">{footer}</div>}
    </dialog>
  );
}

interface AskDialogProps extends Omit<DialogProps, 'footer' | 'isHeld'> {
  /** What its one button does. */
  readonly button: string;
  readonly onButton: () => void;
  /** Why it does nothing now. */
  readonly off?: string | null;
  /** What was begun is under way. */
  readonly isBusy?: boolean;
  readonly problem?: Problem | null;
  /** The focus begins in a field, not on Cancel. */
  readonly hasFirst?: boolean;
}

/** Asks for something and does it: cancel, and one button. */
export function AskDialog(props: AskDialogProps): JSX.Element {
  const { button, onButton, off = null, isBusy = false, problem, hasFirst = false, children, onClose } = props;
  return (
    <Dialog
      {...props}
      isHeld={isBusy}
      footer={
        <>
          <Button isFirst={!hasFirst} onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" onClick={onButton} off={isBusy ? 'It is being done.' : off}>
            {button}
          </Button>
        </>
      }
    >
      <ProblemNotice problem={problem} />
      {children}
    </Dialog>
  );
}
