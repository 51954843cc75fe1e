import type { StepValue } from 'cimlet/pairs';
import type { Change, PlanEffect, SecretChoice } from '../bridge.js';
import type { Copy } from './relationship.js';
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
  partner: string,
): Differences {
  const parameters: Record<string, StepValue> = {};
  const effects: PlanEffect[] = [];
  const back: { -readonly [N in keyof typeof change]?: (typeof change)[N] } = {};
  const note = (what: string, from: string, to: string, mirrored?: readonly [string, string]): void => {
    effects.push({ verb: 'change', server: copy.server, scopeId: null, what, from, to });
    const [mirrorFrom, mirrorTo] = mirrored ?? [from, to];
    effects.push({ verb: 'change', server: partner, scopeId: null, what, from: mirrorFrom, to: mirrorTo });
  };
  if (mode !== copy.mode) {
    parameters['Mode'] = mode;
    back.mode = copy.mode;
    note('mode', copy.mode, mode);
  }
  if (mode === 'LoadBalance' && change.share !== null && (mode !== copy.mode || change.share !== copy.share)) {
    parameters['LoadBalancePercent'] = change.share;
    back.share = copy.share;
    const was = copy.share;
    note(SHARE, percent(was), percent(change.share), [
      percent(was === null ? null : 100 - was),
      percent(100 - change.share),
    ]);
  }
  if (mode === 'HotStandby' && change.reserve !== null && (mode !== copy.mode || change.reserve !== copy.reserve)) {
    parameters['ReservePercent'] = change.reserve;
    back.reserve = copy.reserve;
    note('addresses in reserve', percent(copy.reserve), percent(change.reserve));
  }
  if (mode !== copy.mode) {
    back.share = copy.share;
    back.reserve = copy.reserve;
  }
  if (change.mcltSeconds !== null && change.mcltSeconds !== copy.mcltSeconds) {
    parameters['MaxClientLeadTime'] = secondsText(change.mcltSeconds);
    back.mcltSeconds = copy.mcltSeconds;
    note('maximum client lead time', secondsText(copy.mcltSeconds), secondsText(change.mcltSeconds));
  }
  if (change.automaticSwitch !== null && change.automaticSwitch !== copy.automaticSwitch) {
    parameters['AutoStateTransition'] = change.automaticSwitch;
    back.automaticSwitch = copy.automaticSwitch;
    note('automatic switch', copy.automaticSwitch ? 'on' : 'off', change.automaticSwitch ? 'on' : 'off');
  }
  const isOn = change.automaticSwitch ?? copy.automaticSwitch;
  if (isOn && change.switchAfterSeconds !== null && change.switchAfterSeconds !== copy.switchAfterSeconds) {
    parameters['StateSwitchInterval'] = secondsText(change.switchAfterSeconds);
    back.switchAfterSeconds = copy.switchAfterSeconds;
    note(
      'switch after',
      copy.switchAfterSeconds === null ? 'never' : secondsText(copy.switchAfterSeconds),
      secondsText(change.switchAfterSeconds),
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

const percent = (value: number | null): string => (value === null ? 'none' : `${value} %`);
