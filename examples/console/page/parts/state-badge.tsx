import type { ComponentChildren, JSX } from 'preact';
import type { AppliedRow, FleetState } from '../../bridge.js';
import { Icon } from './icon.js';

export type Look = 'ok' | 'warn' | 'bad' | 'move' | 'none' | 'off';

/** A state: shape, word and colour. */
export function StateBadge({
  look,
  children,
}: {
  readonly look: Look;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`state ${look}`}>
      <Icon name={look} />
      <span>{children}</span>
    </span>
  );
}

/** Windows' words for the state of a relationship, and the icon that each has. */
const RELATIONSHIP: Readonly<Record<string, readonly [Look, string]>> = {
  Normal: ['ok', 'Normal'],
  NoState: ['none', 'No state'],
  Init: ['move', 'Starting'],
  Startup: ['move', 'Starting'],
  CommunicationInterrupted: ['warn', 'Communication interrupted'],
  PartnerDown: ['bad', 'Partner down'],
  Recover: ['move', 'Recover'],
  RecoverWait: ['move', 'Recover wait'],
  RecoverDone: ['move', 'Recover done'],
  PotentialConflict: ['bad', 'Potential conflict'],
  ResolutionInterrupted: ['warn', 'Resolution interrupted'],
  ConflictDone: ['move', 'Conflict done'],
  Paused: ['off', 'Paused'],
  Shutdown: ['off', 'Shut down'],
};

export function RelationshipState({ state }: { readonly state: string | null }): JSX.Element {
  const [look, word] = relationshipLook(state);
  return <StateBadge look={look}>{word}</StateBadge>;
}

export function relationshipLook(state: string | null): readonly [Look, string] {
  if (state === null) return ['none', 'Not known'];
  return RELATIONSHIP[state] ?? ['none', state];
}

export const FLEET_STATES: Readonly<
  Record<FleetState, { readonly look: Look; readonly word: string; readonly fill: string }>
> = {
  partnerDown: { look: 'bad', word: 'Partner down', fill: 'fill-bad' },
  interrupted: { look: 'warn', word: 'Interrupted', fill: 'fill-warn' },
  noAnswer: { look: 'none', word: 'No answer', fill: 'fill-none' },
  onTheWay: { look: 'move', word: 'On the way', fill: 'fill-move' },
  noFailover: { look: 'off', word: 'No failover', fill: 'fill-plain' },
  inOrder: { look: 'ok', word: 'In order', fill: 'fill-ok' },
};

/** How full a scope is; 80 and 90 % are the usual limits. */
export function Usage({ percent }: { readonly percent: number | null }): JSX.Element {
  if (percent === null) return <span class="muted">not known</span>;
  const fill = percent >= 90 ? 'fill-bad' : percent >= 80 ? 'fill-warn' : 'fill-plain';
  const shown = percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
  return (
    <span class="use">
      <span class="track" aria-hidden="true">
        <i class={fill} style={{ inlineSize: `${Math.min(100, percent)}%` }} />
      </span>
      <span>
        {shown}
        {percent >= 90 ? <span class="hidden">, nearly full</span> : null}
      </span>
    </span>
  );
}

/** How two servers share the clients. The words beside it say the same. */
export function Share({ first, isMini = false }: { readonly first: number; readonly isMini?: boolean }): JSX.Element {
  return (
    <span class={isMini ? 'share mini' : 'share'} aria-hidden="true">
      <i class="a" style={{ flex: first }} />
      <i class="b" style={{ flex: 100 - first }} />
    </span>
  );
}

/** What became of one target. */
export const APPLIED: Readonly<Record<AppliedRow['state'], readonly [Look, string]>> = {
  waiting: ['off', 'Waiting'],
  atWork: ['move', 'At work'],
  done: ['ok', 'Done'],
  failed: ['bad', 'Failed'],
  notKnown: ['none', 'Not known'],
  notBegun: ['off', 'Not begun'],
};
