import type { StepValue } from 'cimlet/pairs';
import type { Change, PlanEffect, SecretChoice } from '../bridge.js';
import type { Copy } from './relationship.js';
import { spanWords } from './span.js';
import { secondsText } from './step.js';
import { SHARE } from './words.js';

interface Differences {
  readonly parameters: Readonly<Record<string, StepValue>>;
  readonly effects: readonly PlanEffect[];
  readonly undo: Change | null;
}

/** What of a relationship's settings changes, as parameters, as effects on both servers, and how it goes back. */
export function settingDifferences(
  change: Extract<Change, { kind: 'set' }>,
  copy: Copy,
  mode: Copy['mode'],
  partner: { readonly server: string; readonly copy: Copy | undefined },
): Differences {
  const parameters: Record<string, StepValue> = {};
  const effects: PlanEffect[] = [];
  const back: { -readonly [N in keyof typeof change]?: (typeof change)[N] } = {};
  // Each server's own value stands there: the two may differ. What the partner's copy does not tell is what the server's own means for it.
  const note = (what: string, of: (copy: Copy) => string, to: string, mirrored = { from: of(copy), to }): void => {
    effects.push({ verb: 'change', server: copy.server, scopeId: null, what, from: of(copy), to });
    const from = partner.copy === undefined ? mirrored.from : of(partner.copy);
    effects.push({ verb: 'change', server: partner.server, scopeId: null, what, from, to: mirrored.to });
  };
  if (mode !== copy.mode) {
    parameters['Mode'] = mode;
    back.mode = copy.mode;
    note('mode', (one) => modeWords(one.mode), modeWords(mode));
  }
  if (mode === 'LoadBalance' && change.share !== null && (mode !== copy.mode || change.share !== copy.share)) {
    parameters['LoadBalancePercent'] = change.share;
    back.share = copy.share;
    const was = copy.share;
    note(SHARE, ({ share }) => percent(share), percent(change.share), {
      from: percent(was === null ? null : 100 - was),
      to: percent(100 - change.share),
    });
  }
  if (mode === 'HotStandby' && change.reserve !== null && (mode !== copy.mode || change.reserve !== copy.reserve)) {
    parameters['ReservePercent'] = change.reserve;
    back.reserve = copy.reserve;
    note('addresses in reserve', ({ reserve }) => percent(reserve), percent(change.reserve));
  }
  if (mode !== copy.mode) {
    back.share = copy.share;
    back.reserve = copy.reserve;
  }
  if (change.mcltSeconds !== null && change.mcltSeconds !== copy.mcltSeconds) {
    parameters['MaxClientLeadTime'] = secondsText(change.mcltSeconds);
    back.mcltSeconds = copy.mcltSeconds;
    note('maximum client lead time', ({ mcltSeconds }) => spanWords(mcltSeconds), spanWords(change.mcltSeconds));
  }
  if (change.automaticSwitch !== null && change.automaticSwitch !== copy.automaticSwitch) {
    parameters['AutoStateTransition'] = change.automaticSwitch;
    back.automaticSwitch = copy.automaticSwitch;
    note('automatic switch', ({ automaticSwitch }) => onOff(automaticSwitch), onOff(change.automaticSwitch));
  }
  const isOn = change.automaticSwitch ?? copy.automaticSwitch;
  if (isOn && change.switchAfterSeconds !== null && change.switchAfterSeconds !== copy.switchAfterSeconds) {
    parameters['StateSwitchInterval'] = secondsText(change.switchAfterSeconds);
    back.switchAfterSeconds = copy.switchAfterSeconds;
    note(
      'switch after',
      ({ switchAfterSeconds }) => (switchAfterSeconds === null ? 'never' : spanWords(switchAfterSeconds)),
      spanWords(change.switchAfterSeconds),
    );
  }
  if (effects.length === 0) return { parameters, effects, undo: null };
  const nothing = {
    mode: null,
    share: null,
    reserve: null,
    mcltSeconds: null,
    automaticSwitch: null,
    switchAfterSeconds: null,
  };
  const keep: SecretChoice = { how: 'keep', text: null };
  const undo: Change = {
    kind: 'set',
    key: change.key,
    server: copy.server,
    role: null,
    secret: keep,
    ...nothing,
    ...back,
  };
  return { parameters, effects, undo };
}

const modeWords = (mode: Copy['mode']): string => (mode === 'HotStandby' ? 'hot standby' : 'load balance');
const onOff = (isOn: boolean): string => (isOn ? 'on' : 'off');
const percent = (value: number | null): string => (value === null ? 'none' : `${value} %`);

/** Whether a copy has what was asked for; `isOwn`: of the server that the share is meant of. */
export function hasSettings(change: Extract<Change, { kind: 'set' }>, copy: Copy, isOwn: boolean): boolean {
  const { mode, share, reserve, mcltSeconds, automaticSwitch, switchAfterSeconds } = change;
  const wanted = mode ?? copy.mode;
  const isSwitching = automaticSwitch ?? copy.automaticSwitch;
  return [
    copy.mode === wanted,
    wanted !== 'LoadBalance' || share === null || copy.share === null || copy.share === (isOwn ? share : 100 - share),
    wanted !== 'HotStandby' || reserve === null || copy.reserve === null || copy.reserve === reserve,
    mcltSeconds === null || copy.mcltSeconds === mcltSeconds,
    automaticSwitch === null || copy.automaticSwitch === automaticSwitch,
    !isSwitching || switchAfterSeconds === null || copy.switchAfterSeconds === switchAfterSeconds,
  ].every((isThere) => isThere);
}
