import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Change, PairView, SecretChoice } from '../../bridge.js';
import { numberOf } from '../data/format.js';
import { isInOrder, mcltOf, type RelationshipForm, relationshipProblems } from '../data/relationship-form.js';
import { useDirectChange } from '../data/use-direct-change.js';
import { AskDialog } from './dialog.js';
import { focusFirstWrong } from './field.js';
import { PlanDialog } from './plan-dialog.js';
import { RelationshipFields } from './relationship-fields.js';

/** What one server is asked to set on both; only what is another value is sent. */
export function SettingsDialog({
  view,
  onClose,
}: {
  readonly view: PairView;
  readonly onClose: () => void;
}): JSX.Element {
  const first = formOf(view);
  const [form, setForm] = useState(first);
  const [isShown, setShown] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const direct = useDirectChange(onClose);
  const problems = relationshipProblems(form);
  if (direct.asked !== null)
    return <PlanDialog title={`Change ${view.name}?`} change={direct.asked} onClose={onClose} />;
  const change = changeOf(view, first, form);
  const submit = (): void => {
    setShown(true);
    if (!isInOrder(problems)) {
      focusFirstWrong(box.current);
      return;
    }
    if (change !== null) void direct.begin(change);
  };
  const none = { percent: null, mclt: null, switching: null, secret: null };
  return (
    <AskDialog
      title={`Settings of ${view.name}`}
      onClose={onClose}
      button="Change settings"
      onButton={submit}
      off={change === null ? 'Nothing is changed yet.' : null}
      isBusy={direct.isBusy}
      problem={direct.problem}
    >
      <div ref={box} class="form bare">
        <RelationshipFields
          form={form}
          onForm={setForm}
          problems={isShown ? problems : none}
          server={view.primary.server}
          partner={view.secondary.server}
          isChange
        />
      </div>
    </AskDialog>
  );
}

function formOf(view: PairView): RelationshipForm {
  const { mode, percent, sides, mcltSeconds, automaticSwitch, switchAfterSeconds, authenticated } = view;
  const minutes = Math.floor((mcltSeconds % 3600) / 60);
  return {
    mode,
    share: String(mode === 'LoadBalance' ? (percent ?? 50) : 50),
    reserve: String(mode === 'HotStandby' ? (percent ?? 5) : 5),
    role: sides.primary.role ?? 'Active',
    mcltHours: String(Math.floor(mcltSeconds / 3600)),
    mcltMinutes: String(minutes),
    mcltSeconds: String(mcltSeconds % 60),
    isSwitching: automaticSwitch,
    switchMinutes: String(Math.round((switchAfterSeconds ?? 3600) / 60)),
    secret: authenticated ? 'keep' : 'off',
    secretText: '',
  };
}

function changeOf(view: PairView, before: RelationshipForm, form: RelationshipForm): Change | null {
  const isOther = (...names: (keyof RelationshipForm)[]): boolean => names.some((name) => form[name] !== before[name]);
  const isMode = isOther('mode');
  const isShare = form.mode === 'LoadBalance' && (isMode || isOther('share'));
  const isReserve = form.mode === 'HotStandby' && (isMode || isOther('reserve'));
  const isRole = form.mode === 'HotStandby' && (isMode || isOther('role'));
  const isMclt = isOther('mcltHours', 'mcltMinutes', 'mcltSeconds');
  const isSwitch = isOther('isSwitching');
  const isAfter = form.isSwitching && (isSwitch || isOther('switchMinutes'));
  const isSecret = isOther('secret', 'secretText');
  if (![isMode, isShare, isReserve, isRole, isMclt, isSwitch, isAfter, isSecret].includes(true)) return null;
  return {
    kind: 'set',
    key: view.key,
    server: view.primary.server,
    mode: isMode ? form.mode : null,
    share: isShare ? numberOf(form.share) : null,
    reserve: isReserve ? numberOf(form.reserve) : null,
    role: isRole ? form.role : null,
    mcltSeconds: isMclt ? mcltOf(form) : null,
    automaticSwitch: isSwitch ? form.isSwitching : null,
    switchAfterSeconds: isAfter ? numberOf(form.switchMinutes) * 60 : null,
    secret: isSecret ? secretOf(form) : { how: 'keep', text: null },
  };
}

function secretOf({ secret, secretText }: RelationshipForm): SecretChoice {
  return secret === 'typed' ? { how: 'typed', text: secretText } : { how: secret, text: null };
}
