import type { JSX } from 'preact';
import { useCell } from '../data/cell.js';
import { useModel } from '../data/console-model.js';

/** One polite region for what is so, and one for the failure of what somebody has started. */
export function Announcer(): JSX.Element {
  const { text, isAlert } = useCell(useModel().announcement);
  return (
    <div class="hidden">
      <p role="status" aria-live="polite">
        {isAlert ? '' : text}
      </p>
      <p role="alert">{isAlert ? text : ''}</p>
    </div>
  );
}
