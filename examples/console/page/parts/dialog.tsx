import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
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
