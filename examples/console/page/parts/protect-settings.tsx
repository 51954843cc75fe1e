import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { ScopeRow } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { useModel } from '../data/console-model.js';
import { counted, number, numberOf, shortName } from '../data/format.js';
import { nameWrong, type ProtectForm, partnerWrong, protectSettings, withPartner } from '../data/protect-form.js';
import { isInOrder, relationshipProblems } from '../data/relationship-form.js';
import { href } from '../data/route.js';
import { type Checks, useChecks } from '../data/use-checks.js';
import { Button } from './button.js';
import { Cards } from './cards.js';
import { CheckList } from './check-list.js';
import { focusFirstWrong, TextField } from './field.js';
import { Icon } from './icon.js';
import { ProblemNotice } from './notice.js';
import { RelationshipFields } from './relationship-fields.js';

interface StepProps {
  readonly form: ProtectForm;
  readonly onForm: (form: ProtectForm) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** What the share means while the two do not see each other. */
function shareHint({ server, partner, scopeIds, share }: ProtectForm, scopes: readonly ScopeRow[]): string | undefined {
  const chosen = scopes.filter((scope) => scope.server === server && scopeIds.includes(scope.scopeId));
  const free = chosen.reduce((sum, scope) => sum + (scope.free ?? 0), 0);
  const own = Math.round((free * numberOf(share)) / 100);
  if (free === 0 || !(own >= 0 && own <= free)) return undefined;
  const other = partner === '' ? 'the partner' : shortName(partner);
  return `Alone, ${shortName(server)} has ${number(own)} of the ${number(free)} free addresses and ${other} ${number(free - own)}, until the other one is declared down.`;
}

/** Step 2: the fields, and beside them what both servers say about it. */
export function ProtectSettingsStep({ form, onForm, onBack, onNext }: StepProps): JSX.Element {
  const model = useModel();
  const servers = useCell(model.fleet.view).rows.map(({ server }) => server);
  const scopes = useCell(model.scopes.view).rows.flatMap((row) => (row.kind === 'scope' ? [row] : []));
  const known = [...new Set([...servers, ...scopes.map(({ server }) => server)])].filter(
    (server) => server !== form.server,
  );
  const [isShown, setShown] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLFormElement>(null);
  const why = useId();
  const problems = relationshipProblems(form);
  const [wrongPartner, wrongName] = [partnerWrong(form), nameWrong(form)];
  const isFine = wrongPartner === null && wrongName === null && (form.existing !== null || isInOrder(problems));
  const checks = useChecks(isFine ? protectSettings(form, false) : null);
  const blocked = checks.rows.filter(({ state }) => state === 'inTheWay').length;
  const off = !isFine
    ? 'A field is not in order.'
    : blocked > 0
      ? `${counted(blocked, 'check stands', 'checks stand')} in the way.`
      : checks.result === null
        ? 'Both servers are being asked.'
        : null;
  // With nothing typed yet nothing is wrong yet; what was typed is judged at once.
  const show = (name: string, problem: string | null): string | null => (isShown || touched.has(name) ? problem : null);
  const shownProblems = {
    percent: problems.percent,
    mclt: problems.mclt,
    switching: problems.switching,
    secret: show('secret', problems.secret),
  };
  const next = (): void => {
    setShown(true);
    if (off === null) onNext();
    else focusFirstWrong(box.current);
  };
  return (
    <div class="split">
      <form
        class="panel form"
        aria-label="Partner and settings"
        ref={box}
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <div class="cols">
          <TextField
            label="Partner server"
            value={form.partner}
            onValue={(partner) => {
              setTouched(new Set([...touched, 'partner']));
              onForm(withPartner(form, partner));
            }}
            problem={show('partner', wrongPartner)}
            list={known}
            hint="Its name or IPv4 address, as this server reaches it."
          />
          {form.existing === null ? (
            <TextField
              label="Name of the relationship"
              value={form.name}
              onValue={(name) => {
                setTouched(new Set([...touched, 'name']));
                onForm({ ...form, name, isNamed: true });
              }}
              problem={show('name', wrongName)}
              hint="Cannot be changed later."
            />
          ) : null}
        </div>
        <Existing checks={checks} form={form} onForm={onForm} />
        {form.existing === null ? (
          <RelationshipFields
            form={form}
            onForm={(values) => {
              if (values.secret !== form.secret || values.secretText !== form.secretText)
                setTouched(
                  new Set([...touched, ...(values.secretText === '' && form.secretText === '' ? [] : ['secret'])]),
                );
              onForm({ ...form, ...values });
            }}
            problems={shownProblems}
            server={form.server}
            partner={form.partner}
            shareHint={shareHint(form, scopes)}
          />
        ) : null}
        <div class="row end">
          <Button onClick={onBack}>Back</Button>
          <button
            type="submit"
            class={off === null ? 'primary' : ''}
            aria-disabled={off === null ? undefined : 'true'}
            aria-describedby={off === null ? undefined : why}
          >
            Review
          </button>
        </div>
      </form>
      <ChecksPanel
        checks={checks}
        isListed={known.includes(form.partner)}
        form={form}
        onForm={onForm}
        isFine={isFine}
        blocked={blocked}
        why={why}
        off={off}
      />
    </div>
  );
}

/** A relationship with that partner is there already: to use it again comes first. */
function Existing({
  checks,
  form,
  onForm,
}: {
  readonly checks: Checks;
  readonly form: ProtectForm;
  readonly onForm: (form: ProtectForm) => void;
}): JSX.Element | null {
  if (checks.existing.length === 0) return null;
  return (
    <Cards
      legend="Relationship"
      name="existing"
      value={form.existing ?? ''}
      onPick={(key) => {
        const used = checks.existing.find((one) => one.key === key);
        onForm(
          used === undefined
            ? { ...withPartner(form, form.partner), existing: null }
            : { ...form, existing: key, name: used.name },
        );
      }}
      cards={[
        ...checks.existing.map(({ key, name, text }) => ({ value: key, title: `Use ${name}`, text })),
        { value: '', title: 'Make a new one', text: 'With settings of its own.' },
      ]}
    />
  );
}

interface ChecksPanelProps {
  readonly checks: Checks;
  /** The console can show what the partner has. */
  readonly isListed: boolean;
  readonly form: ProtectForm;
  readonly onForm: (form: ProtectForm) => void;
  readonly isFine: boolean;
  readonly blocked: number;
  readonly why: string;
  readonly off: string | null;
}

function ChecksPanel({ checks, isListed, form, onForm, isFine, blocked, why, off }: ChecksPanelProps): JSX.Element {
  const { rows, problem, result } = checks;
  const inOrder = rows.filter(({ state }) => state === 'inOrder').length;
  const leaveOut = [...new Set(rows.flatMap((row) => (row.state === 'inTheWay' ? row.leaveOut : [])))];
  return (
    <aside class="panel" aria-label="Checks">
      <header>
        <h2>Checked on both servers</h2>
        <span class="muted" role="status">
          {rows.length === 0 ? '' : `${inOrder} of ${rows.length} in order`}
        </span>
      </header>
      {problem === null ? null : (
        <div class="body">
          <ProblemNotice problem={problem} role="status" />
        </div>
      )}
      {rows.length === 0 ? (
        <p class="body muted">
          {isFine ? 'Asking both servers.' : 'When the fields are in order, both servers are asked.'}
        </p>
      ) : (
        <CheckList
          rows={rows}
          isReading={result === null}
          isSorted
          action={({ id, state, leaveOut: [scopeId = ''] }) =>
            id === 'absent' && state === 'inTheWay' && isListed ? (
              <a href={href(['scope', form.partner, scopeId])}>Look at it</a>
            ) : null
          }
        />
      )}
      <footer>
        <span id={why}>
          {blocked > 0 ? (
            <span class="wrong">
              <Icon name="bad" />
              {off}
            </span>
          ) : (
            <span class="muted">{off ?? 'Nothing stands in the way.'}</span>
          )}
        </span>
        {leaveOut.length > 0 && leaveOut.length < form.scopeIds.length ? (
          <Button
            onClick={() =>
              onForm({ ...form, scopeIds: form.scopeIds.filter((scopeId) => !leaveOut.includes(scopeId)) })
            }
          >
            Leave {leaveOut.length === 1 ? leaveOut[0] : counted(leaveOut.length, 'scope')} out
          </Button>
        ) : null}
      </footer>
    </aside>
  );
}
