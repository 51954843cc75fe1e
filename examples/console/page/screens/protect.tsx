import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ScopeRow } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { useModel } from '../data/console-model.js';
import { type ProtectForm, protectForm, protectMemory } from '../data/protect-form.js';
import { ask, problemFrom } from '../data/reading.js';
import { href, route, setQuery } from '../data/route.js';
import { Button } from '../parts/button.js';
import { Empty, useTitle } from '../parts/frame.js';
import { Notice, ProblemNotice } from '../parts/notice.js';
import { ProtectReview } from '../parts/protect-review.js';
import { ProtectSettingsStep } from '../parts/protect-settings.js';
import { ScopePicker } from '../parts/scope-picker.js';
import { data } from '../parts/text.js';

const STEPS = ['Scopes', 'Partner and settings', 'Review'] as const;

/** Three steps: scopes, partner and settings, review. What was filled in survives Back, a failed apply and a sign-in. */
export function Protect(): JSX.Element {
  const { query } = useCell(route);
  const model = useModel();
  const server = query.get('server') ?? '';
  const step = Number(query.get('step') ?? '1');
  const [form, setFormState] = useState<ProtectForm>(() => protectMemory.get(server) ?? protectForm(server));
  const setForm = (next: ProtectForm): void => {
    protectMemory.set(next.server, next);
    setFormState(next);
  };
  useEffect(() => {
    if (form.server !== server) setFormState(protectMemory.get(server) ?? protectForm(server));
  }, [server]);
  useTitle(`Protect scopes${server === '' ? '' : ` of ${server}`}`);
  const toStep = (next: number): void => {
    setQuery({ server, step: String(next) });
    document.getElementById('main')?.focus();
    scrollTo(0, 0);
  };
  const at = server === '' ? 0 : form.scopeIds.length === 0 ? 1 : Math.min(3, Math.max(1, step));
  return (
    <>
      <div class="head">
        <div>
          <p class="crumbs">
            <a href={href(['pairs'])}>Pairs</a> ›
          </p>
          <h1>Protect scopes {server === '' ? null : <>of {data(server, 80)}</>}</h1>
        </div>
        <ol class="steps" aria-label="Steps">
          {STEPS.map((title, index) => (
            <li
              key={title}
              class={index + 1 < at ? 'done' : ''}
              aria-current={index + 1 === at || (at === 0 && index === 0) ? 'step' : undefined}
            >
              <b>{index + 1}</b>
              {title}
            </li>
          ))}
        </ol>
      </div>
      {at === 0 ? <ServerChoice /> : null}
      {at === 1 ? <ScopeStep form={form} onForm={setForm} onNext={() => toStep(2)} /> : null}
      {at === 2 ? (
        <ProtectSettingsStep form={form} onForm={setForm} onBack={() => toStep(1)} onNext={() => toStep(3)} />
      ) : null}
      {at === 3 ? (
        <ProtectReview
          form={form}
          onBack={() => toStep(2)}
          onDone={() => {
            protectMemory.delete(server);
            model.pairs.read({ servers: null, compare: true });
          }}
        />
      ) : null}
    </>
  );
}

/** Which server's scopes: those with some in no relationship. */
function ServerChoice(): JSX.Element {
  const model = useModel();
  const view = useCell(model.scopes.view);
  useEffect(() => {
    if (!model.scopes.view.get().isReading) model.scopes.read({ kind: 'scopes', servers: null });
  }, []);
  const servers = useMemo(() => {
    const counts = new Map<string, number>();
    for (const row of view.rows as readonly ScopeRow[]) {
      if (row.relationship === null && row.cannotProtect === null)
        counts.set(row.server, (counts.get(row.server) ?? 0) + 1);
    }
    return [...counts].sort(([one], [other]) => one.localeCompare(other));
  }, [view.rows]);
  if (view.problem !== null) return <ProblemNotice problem={view.problem} />;
  if (servers.length === 0) {
    return (
      <section class="panel" aria-label="Servers">
        <Empty>
          {view.readAt === null
            ? 'Asking the servers which scopes are in no relationship.'
            : 'Every scope is in a relationship, or cannot be in one.'}
        </Empty>
      </section>
    );
  }
  return (
    <section class="panel" aria-label="Servers">
      <header>
        <h2>Whose scopes?</h2>
      </header>
      <div class="scroll">
        <table aria-label="Servers with scopes in no relationship">
          <thead>
            <tr>
              <th scope="col">Server</th>
              <th scope="col" class="num">
                Scopes in no relationship
              </th>
            </tr>
          </thead>
          <tbody>
            {servers.map(([server, count]) => (
              <tr key={server}>
                <th scope="row">
                  <a href={href(['pairs', 'new'], { server })}>{data(server, 80)}</a>
                </th>
                <td class="num">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ScopeStep({
  form,
  onForm,
  onNext,
}: {
  readonly form: ProtectForm;
  readonly onForm: (form: ProtectForm) => void;
  readonly onNext: () => void;
}): JSX.Element {
  const model = useModel();
  const [scopes, setScopes] = useState<readonly ScopeRow[] | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof problemFrom> | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const found: ScopeRow[] = [];
    setProblem(null);
    ask(
      model.bridge,
      'entries',
      { kind: 'scopes', servers: [form.server] },
      { onRow: (row) => void (row.kind === 'scope' && found.push(row)) },
    ).then(
      (result) => {
        const free = found.filter(({ relationship }) => relationship === null);
        setScopes(free);
        if (result.answered === 0 && found.length === 0)
          setProblem(problemFrom(new Error(`${form.server} did not answer.`)));
        // All of them, as the snap-in has it, until somebody has chosen.
        if (form.isChosen) return;
        onForm({
          ...form,
          scopeIds: free.filter(({ cannotProtect }) => cannotProtect === null).map(({ scopeId }) => scopeId),
          isChosen: true,
        });
      },
      (error: unknown) => setProblem(problemFrom(error)),
    );
  }, [form.server, round]);
  if (problem !== null) {
    return <ProblemNotice problem={problem} onAgain={() => setRound(round + 1)} />;
  }
  return (
    <section class="panel" aria-label="Scopes">
      <header>
        <h2>
          Scopes in no relationship{' '}
          <span class="quiet">{scopes === null ? '' : `${form.scopeIds.length} of ${scopes.length} chosen`}</span>
        </h2>
      </header>
      {scopes === null ? (
        <Empty>Asking {form.server}.</Empty>
      ) : scopes.length === 0 ? (
        <Empty>
          Every scope of {form.server} is in a relationship already.
          <a class="button" href={href(['pairs'])}>
            Back to Pairs
          </a>
        </Empty>
      ) : (
        <ScopePicker
          scopes={scopes}
          chosen={new Set(form.scopeIds)}
          onChosen={(chosen) => onForm({ ...form, scopeIds: [...chosen], isChosen: true })}
        />
      )}
      <footer>
        <span class="muted">Scopes that a relationship holds already are not listed.</span>
        <Button look="primary" onClick={onNext} off={form.scopeIds.length === 0 ? 'Choose a scope first.' : null}>
          Partner and settings
        </Button>
      </footer>
      {scopes?.some(({ isActive }) => !isActive) ? (
        <div class="body">
          <Notice look="info">
            A scope that is not active is protected as well; it serves nobody until it is activated.
          </Notice>
        </div>
      ) : null}
    </section>
  );
}
