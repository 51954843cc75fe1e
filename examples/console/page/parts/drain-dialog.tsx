import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Change, PairView } from '../../bridge.js';
import { useDirectChange } from '../data/use-direct-change.js';
import { Button } from './button.js';
import { Cards } from './cards.js';
import { Dialog } from './dialog.js';
import { ProblemNotice } from './notice.js';
import { PlanDialog } from './plan-dialog.js';
import { Ago, data } from './text.js';

interface DrainDialogProps {
  readonly view: PairView;
  readonly onClose: () => void;
}

/** One server is emptied of clients, taken off, and brought back. It can be left after any step: what was done is seen in the pair itself. */
export function DrainDialog({ view, onClose }: DrainDialogProps): JSX.Element {
  const [chosen, setChosen] = useState<string | null>(view.drain?.server ?? null);
  const [asked, setAsked] = useState<Change | null>(null);
  const direct = useDirectChange(() => {});
  const server = view.drain?.server ?? chosen;
  const isFirst = server === view.primary.server;
  const partner = isFirst ? view.secondary.server : view.primary.server;
  const side = isFirst ? view.sides.primary : view.sides.secondary;
  const state = isFirst ? view.primary : view.secondary;
  const isDrained = view.mode === 'LoadBalance' ? side.share === 0 : side.role === 'Standby';
  const [mayDeclare] = view.offers.partnerDown.filter((one) => one === partner);
  const set = (values: Partial<Extract<Change, { kind: 'set' }>>): void => {
    void direct.begin({
      kind: 'set',
      key: view.key,
      server: server ?? '',
      mode: null,
      share: null,
      reserve: null,
      role: null,
      mcltSeconds: null,
      automaticSwitch: null,
      switchAfterSeconds: null,
      secret: { how: 'keep', text: null },
      ...values,
    });
  };
  const drain = (): void => set(view.mode === 'LoadBalance' ? { share: 0 } : { role: 'Standby' });
  const back = (): void =>
    set(view.mode === 'LoadBalance' ? { share: view.drain?.shareBefore ?? 50 } : { role: 'Active' });
  const change = asked ?? direct.asked;
  return (
    <Dialog
      title={server === null ? `Drain a server of ${view.name}` : `Drain ${server} for maintenance`}
      onClose={onClose}
      isHeld={direct.isBusy}
      footer={
        <Button isFirst onClick={onClose}>
          Close
        </Button>
      }
    >
      <ProblemNotice problem={direct.problem} />
      {view.drain === null ? (
        <Cards
          legend="Which server is to be off for a while?"
          name="drained"
          value={chosen}
          onPick={setChosen}
          cards={[view.primary.server, view.secondary.server].map((one) => ({
            value: one,
            title: data(one, 80),
            text: 'the other one serves meanwhile',
          }))}
        />
      ) : (
        <p>
          Drained <Ago at={view.drain.since} />.
        </p>
      )}
      {server === null ? null : (
        <ol class="lost-list">
          <Step
            number={1}
            isDone={view.configuration.verdict === 'inStep'}
            text={`${partner} gets the configuration of ${server}.`}
          >
            <Button
              onClick={() =>
                setAsked({ kind: 'replicate', relationships: [{ key: view.key, from: server }], scopeIds: null })
              }
            >
              Replicate…
            </Button>
          </Step>
          <Step
            number={2}
            isDone={isDrained}
            text={
              view.mode === 'LoadBalance'
                ? `${server} answers no new clients: its share becomes 0 %.`
                : `${partner} becomes active, ${server} waits.`
            }
          >
            <Button
              onClick={drain}
              off={isDrained ? 'That is so already.' : direct.isBusy ? 'It is being done.' : null}
            >
              {view.mode === 'LoadBalance' ? 'Set its share to 0 %' : 'Switch roles'}
            </Button>
          </Step>
          <Step
            number={3}
            isDone={isDrained && state.problem !== null}
            text={`Shut ${server} down, or stop its DHCP service. Its clients renew at ${partner}.`}
          />
          <Step
            number={4}
            isDone={false}
            text={`If it stays away for longer than a lease, declare it down, so that ${partner} uses all addresses.`}
          >
            <Button
              onClick={() => setAsked({ kind: 'partnerDown', key: view.key, survivor: partner })}
              off={mayDeclare === undefined ? 'Only when the two have lost contact.' : null}
            >
              Partner is down…
            </Button>
          </Step>
          <Step
            number={5}
            isDone={false}
            text={`When ${server} is back and both are Normal, it gets its part of the clients again.`}
          >
            <Button
              onClick={back}
              off={isDrained ? (direct.isBusy ? 'It is being done.' : null) : 'It has its part already.'}
            >
              {view.mode === 'LoadBalance' ? `Back to ${view.drain?.shareBefore ?? 50} %` : 'Make it active again'}
            </Button>
          </Step>
        </ol>
      )}
      {change === null ? null : (
        <PlanDialog
          title="Working out what happens"
          change={change}
          onClose={asked === null ? onClose : () => setAsked(null)}
        />
      )}
    </Dialog>
  );
}

function Step({
  number,
  isDone,
  text,
  children,
}: {
  readonly number: number;
  readonly isDone: boolean;
  readonly text: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <li>
      <b class={isDone ? 'add' : ''}>{isDone ? `${number} Done` : `${number}`}</b>
      <span class="row">
        {data(text, 300)}
        <span class="push">{children}</span>
      </span>
    </li>
  );
}
