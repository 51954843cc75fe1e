import type { JSX } from 'preact';
import type { PairSide, PairView, SideView } from '../../bridge.js';
import { number, span } from '../data/format.js';
import { RelationshipState, Share } from './state-badge.js';
import { data, Moment } from './text.js';

/** The two servers side by side, and what joins them. */
export function PairPicture({ view }: { readonly view: PairView }): JSX.Element {
  return (
    <section class="panel" aria-label="The two servers">
      <h2 class="hidden">The two servers</h2>
      <div class="pair">
        <Side side={view.primary} more={view.sides.primary} place="primary" view={view} />
        <Between view={view} />
        <Side side={view.secondary} more={view.sides.secondary} place="secondary" view={view} />
      </div>
    </section>
  );
}

function Side({
  side,
  more,
  place,
  view,
}: {
  readonly side: PairSide;
  readonly more: SideView;
  readonly place: 'primary' | 'secondary';
  readonly view: PairView;
}): JSX.Element {
  return (
    <div
      class={`server ${place === 'primary' ? 'first' : 'second'}${side.problem === null ? '' : ' lost'}`}
      data-side={place}
    >
      <h3>
        {data(side.server, 80)} <span class="quiet">{place}</span>
      </h3>
      <RelationshipState state={side.state} />
      {side.problem === null ? null : <p class="muted">{data(side.problem.what, 200)}</p>}
      <dl>
        {view.mode === 'LoadBalance' ? (
          <>
            <dt>Share</dt>
            <dd>{more.share === null ? 'not known' : `${more.share} % of the clients`}</dd>
          </>
        ) : (
          <>
            <dt>Role</dt>
            <dd>{roleText(more, view)}</dd>
          </>
        )}
        <dt>Free here</dt>
        <dd>
          {more.free === null || more.addresses === null
            ? 'not known'
            : `${number(more.free)} of ${number(more.addresses)} addresses`}
        </dd>
        <dt>Clock</dt>
        <dd>
          <Clock more={more} />
        </dd>
      </dl>
    </div>
  );
}

function roleText({ role }: SideView, { percent }: PairView): string {
  if (role === null) return 'not known';
  if (role === 'Active') return 'active, serves the clients';
  return percent === null ? 'standby' : `standby, ${percent} % in reserve`;
}

function Clock({ more: { clockAheadMs, clockIsWrong } }: { readonly more: SideView }): JSX.Element {
  if (clockAheadMs === null) return <span class="muted">not known</span>;
  const size = Math.abs(clockAheadMs);
  const amount = size < 60_000 ? `${(size / 1000).toFixed(size < 10_000 ? 1 : 0)} s` : span(size);
  const words = size < 50 ? 'as this computer' : `${amount} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} this computer`;
  if (!clockIsWrong) return <>{words}</>;
  const long = size < 120_000 ? `${Math.round(size / 1000)} s` : span(size);
  return (
    <span class="state bad">
      {long} {clockAheadMs > 0 ? 'ahead' : 'behind'}, more than the 60 s allowed
    </span>
  );
}

/** Contact is what both say together; where one is silent nobody knows. */
function Between({ view }: { readonly view: PairView }): JSX.Element {
  const states = [view.primary.state, view.secondary.state];
  const isKnown = !states.includes(null);
  const isCut = states.some(
    (state) => state === 'CommunicationInterrupted' || state === 'PartnerDown' || state === 'ResolutionInterrupted',
  );
  const since = view.stateSince.primary ?? view.stateSince.secondary;
  const first = view.sides.primary.share;
  return (
    <div class="link">
      <span>
        {isCut ? (
          <>
            no contact{since === null ? '' : ', seen '}
            <Moment at={since} />
          </>
        ) : isKnown ? (
          'in contact'
        ) : (
          'not known'
        )}
      </span>
      <div class={`wire${isCut ? ' cut' : isKnown ? '' : ' unknown'}`} />
      {view.mode === 'LoadBalance' && first !== null ? <Share first={first} /> : null}
      <span>
        MCLT {span(view.mcltSeconds * 1000)}
        <br />
        automatic switch {view.automaticSwitch ? `after ${span((view.switchAfterSeconds ?? 0) * 1000)}` : 'off'}
      </span>
    </div>
  );
}
