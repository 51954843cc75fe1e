import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.js';

/** Why a value is not taken, beside its field. */
export function Wrong({ id, text }: { readonly id: string; readonly text: string | null }): JSX.Element | null {
  if (text === null) return null;
  return (
    <span class="wrong" id={id}>
      <Icon name="bad" />
      <span>{text}</span>
    </span>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly problem?: string | null;
  readonly hint?: ComponentChildren;
  readonly isFirst?: boolean;
  readonly isMono?: boolean;
  readonly isReadOnly?: boolean;
  readonly list?: readonly string[];
}

export function TextField({
  label,
  value,
  onValue,
  problem = null,
  hint,
  isFirst = false,
  isMono = false,
  isReadOnly = false,
  list,
}: TextFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        class={isMono ? 'mono' : ''}
        value={value}
        readOnly={isReadOnly}
        spellcheck={false}
        autocomplete="off"
        list={list === undefined ? undefined : `${id}-list`}
        data-first={isFirst ? '' : undefined}
        aria-invalid={problem === null ? undefined : 'true'}
        aria-describedby={`${id}-wrong ${id}-hint`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {list === undefined ? null : (
        <datalist id={`${id}-list`}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <Wrong id={`${id}-wrong`} text={problem} />
      {hint ? (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly unit: string;
  readonly isWrong?: boolean;
  readonly describedBy?: string;
  readonly isOff?: boolean;
  readonly id?: string;
}

/** A whole number with its unit. */
export function NumberField({
  label,
  value,
  onValue,
  unit,
  isWrong = false,
  describedBy,
  isOff = false,
  id,
}: NumberFieldProps): JSX.Element {
  return (
    <>
      <input
        id={id}
        class="short"
        type="number"
        inputMode="numeric"
        min={0}
        value={value}
        disabled={isOff}
        aria-label={id === undefined ? label : undefined}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={describedBy}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <span class="muted">{unit}</span>
    </>
  );
}

/** Brings the focus to the first field that is wrong. */
export function focusFirstWrong(form: Element | null): void {
  queueMicrotask(() => requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()));
}
