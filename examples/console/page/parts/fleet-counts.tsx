import type { JSX } from 'preact';
import type { FleetState } from '../../bridge.js';
import { number } from '../data/format.js';
import { FLEET_STATES } from './state-badge.js';

/** Gravest first. */
export const STATES = Object.keys(FLEET_STATES) as readonly FleetState[];
/** In the bar the two quiet ones are last. */
const IN_WORDS: Readonly<Record<FleetState, string>> = {
  inOrder: 'in order',
  onTheWay: 'on the way',
  interrupted: 'interrupted',
  partnerDown: 'partner down',
  noFailover: 'without failover',
  noAnswer: 'no answer',
};

interface FleetCountsProps {
  readonly counts: Readonly<Record<FleetState, number>>;
  readonly shown: readonly FleetState[];
  readonly onToggle: (state: FleetState) => void;
}

/** A bar of all servers, and six counts that are filters. */
export function FleetCounts({ counts, shown, onToggle }: FleetCountsProps): JSX.Element {
  const label = Object.entries(IN_WORDS)
    .map(([state, word]) => `${number(counts[state as FleetState])} ${word}`)
    .join(', ');
  return (
    <section class="panel" aria-label="States">
      <div class="body">
        <div class="bar" role="img" aria-label={label}>
          {STATES.map((state) =>
            counts[state] === 0 ? null : (
              <i key={state} class={FLEET_STATES[state].fill} style={{ flex: counts[state] }} />
            ),
          )}
        </div>
        <fieldset class="counts">
          <legend class="hidden">Filter by state</legend>
          {STATES.map((state) => (
            <button
              key={state}
              type="button"
              data-state={state}
              aria-pressed={shown.includes(state) && shown.length < STATES.length ? 'true' : 'false'}
              onClick={() => onToggle(state)}
            >
              <b>{number(counts[state])}</b>
              <span>
                <i class={`swatch ${FLEET_STATES[state].fill}`} aria-hidden="true" />
                {FLEET_STATES[state].word}
              </span>
            </button>
          ))}
        </fieldset>
      </div>
    </section>
  );
}
