import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { OneField } from '../data/relationship-form.js';
import { Wrong } from './field.js';
import { data } from './text.js';
import { Check } from './tick.js';

/** On by default. A secret that was generated never enters the page; one that was typed leaves it with the plan. */
export function SecretField({
  form,
  set,
  problem,
  server,
  isChange,
}: OneField & { readonly server: string; readonly isChange: boolean }): JSX.Element {
  const id = useId();
  const isOn = form.secret !== 'off';
  return (
    <fieldset>
      <legend>Messages between the servers</legend>
      <Check isOn={isOn} onSet={(isTyped) => set({ secret: isTyped ? 'typed' : 'off', secretText: '' })}>
        Authenticate with a shared secret
      </Check>
      {form.secret === 'typed' ? (
        <div class="row">
          <input
            class="secret"
            type="password"
            autocomplete="new-password"
            aria-label="Shared secret"
            value={form.secretText}
            aria-invalid={problem === null ? undefined : 'true'}
            aria-describedby={`${id}-wrong ${id}-hint`}
            onInput={(event) => set({ secretText: event.currentTarget.value })}
          />
          <button type="button" onClick={() => set({ secret: 'generate', secretText: '' })}>
            Generate
          </button>
          {isChange ? (
            <button type="button" onClick={() => set({ secret: 'keep', secretText: '' })}>
              Keep as it is
            </button>
          ) : null}
        </div>
      ) : null}
      {form.secret === 'generate' || form.secret === 'keep' ? (
        <div class="row">
          <span>
            {form.secret === 'keep'
              ? 'The secret stays as it is.'
              : '32 characters, made by the console; nobody sees them.'}
          </span>
          <button type="button" onClick={() => set({ secret: 'typed', secretText: '' })}>
            Type one
          </button>
          {form.secret === 'keep' ? (
            <button type="button" onClick={() => set({ secret: 'generate', secretText: '' })}>
              Generate a new one
            </button>
          ) : null}
        </div>
      ) : null}
      <Wrong id={`${id}-wrong`} text={problem} />
      <span class="hint" id={`${id}-hint`}>
        Travels encrypted to {data(server, 60)} and is kept nowhere else. It cannot be read back.
      </span>
    </fieldset>
  );
}
