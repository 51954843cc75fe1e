import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PairView, Plan } from '../../bridge.js';
import { AddScopesDialog } from './add-scopes-dialog.js';
import { Cards } from './cards.js';
import { DrainDialog } from './drain-dialog.js';
import { KeepDialog } from './keep-dialog.js';
import { type PairAction, pairNames } from './pair-action.js';
import { PlanDialog } from './plan-dialog.js';
import { SettingsDialog } from './settings-dialog.js';
import { arrow, data } from './text.js';
import { Check } from './tick.js';
import { WhyDialog } from './why-dialog.js';

interface PairDialogProps {
  readonly view: PairView;
  readonly onClose: () => void;
}

export function PairDialogs({ action, view, onClose }: PairDialogProps & { readonly action: PairAction }): JSX.Element {
  switch (action.kind) {
    case 'replicate':
      return <ReplicateDialog view={view} first={action.from} scopeIds={action.scopeIds ?? null} onClose={onClose} />;
    case 'keep':
      return <KeepDialog view={view} rows={action.rows} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog view={view} stale={action.stale ?? null} onClose={onClose} />;
    case 'takeOut':
      return <TakeOutDialog view={view} scopeIds={action.scopeIds} onClose={onClose} />;
    case 'partnerDown':
      return <PartnerDownDialog view={view} first={action.survivor} onClose={onClose} />;
    case 'settings':
      return <SettingsDialog view={view} onClose={onClose} />;
    case 'addScopes':
      return <AddScopesDialog view={view} onClose={onClose} />;
    case 'drain':
      return <DrainDialog view={view} onClose={onClose} />;
    case 'why':
      return <WhyDialog pairKey={view.key} name={view.name} onClose={onClose} />;
  }
}

const otherOf = ({ primary, secondary }: PairView, server: string): string =>
  server === primary.server ? secondary.server : primary.server;

function ReplicateDialog({
  view,
  first,
  scopeIds,
  onClose,
}: PairDialogProps & { readonly first: string; readonly scopeIds: readonly string[] | null }): JSX.Element {
  const [from, setFrom] = useState(first);
  return (
    <PlanDialog
      title={`Replicate ${from} to ${otherOf(view, from)}?`}
      change={{ kind: 'replicate', relationships: [{ key: view.key, from }], scopeIds }}
      choices={(plan) => <Direction view={view} from={from} plan={plan} onFrom={setFrom} />}
      onClose={onClose}
    />
  );
}

/** Both directions with what each does, so that the choice is made with its price. */
function Direction({
  view,
  from,
  plan,
  onFrom,
}: {
  readonly view: PairView;
  readonly from: string;
  readonly plan: Plan | null;
  readonly onFrom: (server: string) => void;
}): JSX.Element {
  const name = pairNames(view);
  return (
    <Cards
      legend="Direction"
      name="direction"
      value={from}
      onPick={onFrom}
      cards={[view.primary.server, view.secondary.server].map((server) => {
        const counts = server === from ? plan?.counts : plan?.otherWay?.counts;
        const to = name(otherOf(view, server));
        return {
          value: server,
          title: arrow(name(server), to),
          text:
            counts === undefined
              ? 'not known yet'
              : `removes ${counts.removes}, changes ${counts.changes}, adds ${counts.adds} on ${to}`,
        };
      })}
    />
  );
}

interface KeeperProps {
  readonly view: PairView;
  readonly question: string;
  readonly keeper: string | null;
  readonly onKeeper: (server: string) => void;
}

/** No side is chosen beforehand: what the other one has is deleted. */
function Keeper({ view, question, keeper, onKeeper }: KeeperProps): JSX.Element {
  return (
    <Cards
      legend={question}
      name="keeper"
      value={keeper}
      onPick={onKeeper}
      cards={[view.primary, view.secondary].map(({ server, problem }) => ({
        value: server,
        title: data(server, 80),
        text: problem === null ? 'answers' : 'does not answer',
      }))}
    />
  );
}

function RemoveDialog({ view, stale, onClose }: PairDialogProps & { readonly stale: string | null }): JSX.Element {
  const [keeper, setKeeper] = useState<string | null>(stale);
  const [force, setForce] = useState(false);
  const other = keeper === null ? null : keeper === view.primary.server ? view.secondary : view.primary;
  const isSilent = stale === null && other?.problem != null;
  return (
    <PlanDialog
      title={stale === null ? `Remove failover from ${view.scopes} scopes?` : `Remove the stale copy of ${view.name}?`}
      change={keeper === null ? null : { kind: 'remove', key: view.key, keeper, force: isSilent && force }}
      choices={() => (
        <>
          {stale === null ? (
            <Keeper
              view={view}
              question="Which server keeps the scopes?"
              keeper={keeper}
              onKeeper={(server) => {
                setForce(false);
                setKeeper(server);
              }}
            />
          ) : null}
          {isSilent ? (
            <Check isOn={force} onSet={setForce}>
              {other?.server} does not answer: remove failover on {keeper} alone
            </Check>
          ) : null}
        </>
      )}
      onClose={onClose}
    />
  );
}

function TakeOutDialog({
  view,
  scopeIds,
  onClose,
}: PairDialogProps & { readonly scopeIds: readonly string[] }): JSX.Element {
  const [keeper, setKeeper] = useState<string | null>(null);
  const what = scopeIds.length === 1 ? scopeIds[0] : `${scopeIds.length} scopes`;
  return (
    <PlanDialog
      title={`Take ${what} out of ${view.name}?`}
      change={keeper === null ? null : { kind: 'takeOut', key: view.key, keeper, scopeIds }}
      choices={() => (
        <Keeper
          view={view}
          question={scopeIds.length === 1 ? 'Which server keeps the scope?' : 'Which server keeps the scopes?'}
          keeper={keeper}
          onKeeper={setKeeper}
        />
      )}
      onClose={onClose}
    />
  );
}

/** The server that goes on is the one that can say so; where both could, it is chosen. */
function PartnerDownDialog({ view, first, onClose }: PairDialogProps & { readonly first: string }): JSX.Element {
  const [survivor, setSurvivor] = useState(first);
  const { partnerDown } = view.offers;
  return (
    <PlanDialog
      title={`Is ${otherOf(view, survivor)} really off?`}
      change={{ kind: 'partnerDown', key: view.key, survivor }}
      choices={() =>
        partnerDown.length < 2 ? null : (
          <Cards
            legend="Which server is off?"
            name="survivor"
            value={survivor}
            onPick={setSurvivor}
            cards={partnerDown.map((server) => ({
              value: server,
              title: data(otherOf(view, server), 80),
              text: `${server} serves alone`,
            }))}
          />
        )
      }
      onClose={onClose}
    />
  );
}
