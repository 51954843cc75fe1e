import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { numberOf } from '../data/format.js';
import type { OneField, RelationshipForm, RelationshipProblems } from '../data/relationship-form.js';
import { Cards } from './cards.js';
import { NumberField, Wrong } from './field.js';
import { SecretField } from './secret-field.js';
import { data } from './text.js';
import { Check } from './tick.js';

interface FieldsProps {
  readonly form: RelationshipForm;
  readonly onForm: (form: RelationshipForm) => void;
  readonly problems: RelationshipProblems;
  /** The server that share and role are meant of, and its partner. */
  readonly server: string;
  readonly partner: string;
  /** "Keep as it is" is a choice: the relationship is there already. */
  readonly isChange?: boolean;
  readonly shareHint?: string | undefined;
}

const MODES = [
  { value: 'LoadBalance', title: 'Load balance', text: 'Both serve. Each answers its share of the clients.' },
  { value: 'HotStandby', title: 'Hot standby', text: 'One serves, the other keeps a reserve and waits.' },
] as const;

export function RelationshipFields({
  form,
  onForm,
  problems,
  server,
  partner,
  isChange = false,
  shareHint,
}: FieldsProps): JSX.Element {
  const set = (values: Partial<RelationshipForm>): void => onForm({ ...form, ...values });
  return (
    <>
      <Cards
        legend="How they share the work"
        name="mode"
        cards={MODES}
        value={form.mode}
        onPick={(mode) => set({ mode })}
      />
      {form.mode === 'LoadBalance' ? (
        <ShareField
          form={form}
          set={set}
          problem={problems.percent}
          server={server}
          partner={partner}
          hint={shareHint}
        />
      ) : (
        <StandbyFields form={form} set={set} problem={problems.percent} server={server} partner={partner} />
      )}
      <div class="cols">
        <LeadTimeField form={form} set={set} problem={problems.mclt} />
        <SwitchField form={form} set={set} problem={problems.switching} />
      </div>
      <SecretField form={form} set={set} problem={problems.secret} server={server} isChange={isChange} />
    </>
  );
}

type ServersField = OneField & { readonly server: string; readonly partner: string };

function ShareField({
  form,
  set,
  problem,
  server,
  partner,
  hint,
}: ServersField & { readonly hint: string | undefined }): JSX.Element {
  const id = useId();
  const share = numberOf(form.share);
  const rest = problem === null ? 100 - share : null;
  return (
    <div class="field">
      <label for={id}>Share of {data(server, 60)}</label>
      <div class="row">
        <NumberField
          id={id}
          label=""
          value={form.share}
          onValue={(value) => set({ share: value })}
          unit="%"
          isWrong={problem !== null}
          describedBy={`${id}-wrong ${id}-hint`}
        />
        <input
          type="range"
          min={0}
          max={100}
          value={problem === null ? share : 50}
          aria-label={`Share of ${server}, slider`}
          style={{ '--at': `${problem === null ? share : 50}%` }}
          onInput={(event) => set({ share: event.currentTarget.value })}
        />
        <span class="muted">
          {data(partner === '' ? 'partner' : partner, 40)} {rest === null ? '' : `${rest} %`}
        </span>
      </div>
      <Wrong id={`${id}-wrong`} text={problem} />
      {hint === undefined ? null : (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

const ROLES = [
  { value: 'Active', title: 'Active', text: 'It serves.' },
  { value: 'Standby', title: 'Standby', text: 'It waits.' },
] as const;

function StandbyFields({ form, set, problem, server, partner }: ServersField): JSX.Element {
  const id = useId();
  return (
    <div class="cols">
      <Cards
        legend={<>What {data(server, 60)} is</>}
        name="role"
        cards={ROLES}
        value={form.role}
        onPick={(role) => set({ role })}
      />
      <div class="field">
        <label for={id}>
          Reserve of {data(form.role === 'Active' ? (partner === '' ? 'the partner' : partner) : server, 60)}
        </label>
        <div class="row">
          <NumberField
            id={id}
            label=""
            value={form.reserve}
            onValue={(value) => set({ reserve: value })}
            unit="% of the free addresses"
            isWrong={problem !== null}
            describedBy={`${id}-wrong`}
          />
        </div>
        <Wrong id={`${id}-wrong`} text={problem} />
      </div>
    </div>
  );
}

function LeadTimeField({ form, set, problem }: OneField): JSX.Element {
  const id = useId();
  const common = { isWrong: problem !== null, describedBy: `${id}-wrong ${id}-hint` };
  return (
    <fieldset>
      <legend>Maximum client lead time</legend>
      <div class="row">
        <NumberField
          label="Hours of the lead time"
          value={form.mcltHours}
          onValue={(mcltHours) => set({ mcltHours })}
          unit="h"
          {...common}
        />
        <NumberField
          label="Minutes of the lead time"
          value={form.mcltMinutes}
          onValue={(mcltMinutes) => set({ mcltMinutes })}
          unit="min"
          {...common}
        />
        {form.mcltSeconds === '0' ? null : (
          <NumberField
            label="Seconds of the lead time"
            value={form.mcltSeconds}
            onValue={(mcltSeconds) => set({ mcltSeconds })}
            unit="s"
            {...common}
          />
        )}
      </div>
      <Wrong id={`${id}-wrong`} text={problem} />
      <span class="hint" id={`${id}-hint`}>
        Clients renew this often while the partner is away, and a survivor waits this long before it uses all addresses.
      </span>
    </fieldset>
  );
}

function SwitchField({ form, set, problem }: OneField): JSX.Element {
  const id = useId();
  return (
    <fieldset>
      <legend>When contact is lost</legend>
      <Check isOn={form.isSwitching} onSet={(isSwitching) => set({ isSwitching })}>
        Declare the partner down by itself after
      </Check>
      <div class="row">
        <NumberField
          label="Minutes without contact"
          value={form.switchMinutes}
          onValue={(switchMinutes) => set({ switchMinutes })}
          unit="min"
          isOff={!form.isSwitching}
          isWrong={problem !== null}
          describedBy={`${id}-wrong ${id}-hint`}
        />
      </div>
      <Wrong id={`${id}-wrong`} text={problem} />
      <span class="hint" id={`${id}-hint`}>
        Off is safer where the network breaks more often than the servers.
      </span>
    </fieldset>
  );
}
