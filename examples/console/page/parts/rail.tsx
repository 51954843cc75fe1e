import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useCell } from '../data/cell.js';
import { useModel } from '../data/console-model.js';
import { ask } from '../data/reading.js';
import { AskDialog } from './dialog.js';
import { Icon, type IconName } from './icon.js';
import { data } from './text.js';
import { Check } from './tick.js';

const PLACES: readonly {
  readonly at: string;
  readonly icon: IconName;
  readonly title: string;
  readonly also: readonly string[];
}[] = [
  { at: 'fleet', icon: 'fleet', title: 'Fleet', also: [''] },
  { at: 'pairs', icon: 'pairs', title: 'Pairs', also: ['pair'] },
  { at: 'scopes', icon: 'scopes', title: 'Scopes', also: ['scope'] },
  { at: 'find', icon: 'find', title: 'Find a client', also: [] },
  { at: 'activity', icon: 'log', title: 'Activity', also: [] },
];

export function Rail({ at, isSignedIn }: { readonly at: string; readonly isSignedIn: boolean }): JSX.Element {
  const model = useModel();
  const state = useCell(model.state);
  const attention = useCell(model.pairs.view).rows.filter(({ severity }) => severity === 'attention').length;
  const [isLeaving, setLeaving] = useState(false);
  return (
    <header class="side">
      <div class="brand">
        <Icon name="pairs" />
        <span>DHCP console</span>
      </div>
      <nav aria-label="Main">
        <ul>
          {PLACES.map(({ at: place, icon, title, also }) => (
            <li key={place}>
              <a
                href={`#/${place}`}
                aria-current={isSignedIn && (at === place || also.includes(at)) ? 'page' : undefined}
              >
                <Icon name={icon} />
                <span>{title}</span>
                {place === 'pairs' && attention > 0 ? (
                  <span class="count">
                    {attention}
                    <span class="hidden"> need attention</span>
                  </span>
                ) : null}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {state?.signedIn ? (
        <div class="who">
          <strong>{data(state.signedIn.account, 80)}</strong>
          <span class="muted">{state.signedIn.logonText}</span>
          <button type="button" class="plain" onClick={() => setLeaving(true)}>
            <Icon name="leave" />
            <span>Sign out</span>
          </button>
        </div>
      ) : null}
      {isLeaving ? <SignOut onClose={() => setLeaving(false)} /> : null}
    </header>
  );
}

function SignOut({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const model = useModel();
  const remembered = model.state.get()?.remembered ?? null;
  const [forget, setForget] = useState(false);
  const leave = async (): Promise<void> => {
    const state = await ask(model.bridge, 'signOut', { forget });
    model.setState(state, false);
    onClose();
  };
  return (
    <AskDialog title="Sign out?" onClose={onClose} button="Sign out" onButton={() => void leave()}>
      <p>
        The console forgets the password and what it has read. What is under way is stopped; servers stay as they are.
      </p>
      {remembered === null ? null : (
        <Check isOn={forget} onSet={setForget}>
          Forget the logon of {remembered.account} in the key store as well
        </Check>
      )}
    </AskDialog>
  );
}
