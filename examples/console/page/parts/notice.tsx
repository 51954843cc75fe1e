import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { CopyButton } from './copy-button.js';
import { Icon, type IconName } from './icon.js';
import { data } from './text.js';

interface NoticeProps {
  readonly look: 'warn' | 'bad' | 'info';
  readonly icon?: IconName;
  /** `alert` for the failure of what somebody has just started, `status` for what is so. */
  readonly role?: 'alert' | 'status';
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

const ICONS = { warn: 'warn', bad: 'bad', info: 'log' } as const;

export function Notice({ look, icon = ICONS[look], role, action, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice ${look}${action ? '' : ' narrow'}`} role={role}>
      <Icon name={icon} />
      <div>{children}</div>
      {action}
    </div>
  );
}

/** What went wrong, where, what was changed by it and what to do: never a code alone. */
export function ProblemText({
  problem,
  withDetails = true,
}: {
  readonly problem: Problem;
  readonly withDetails?: boolean;
}): JSX.Element {
  const { code, where, what, remedy, changed, record } = problem;
  return (
    <>
      <strong>
        {where !== null && !what.includes(where) ? <>{data(where)}: </> : null}
        {data(what, 600)}
      </strong>{' '}
      {changed === 'something'
        ? 'Something was changed. '
        : changed === 'not known'
          ? 'Whether anything was changed is not known. '
          : ''}
      {remedy === null ? null : data(remedy, 600)} <span class="muted mono">{code}</span>
      {withDetails && record !== null ? <ProblemDetails record={record} /> : null}
    </>
  );
}

function ProblemDetails({ record }: { readonly record: string }): JSX.Element {
  return (
    <details>
      <summary>Details</summary>
      <code class="code mono">{data(record, 4000)}</code>
      <CopyButton text={record} what="details" />
    </details>
  );
}

/** Nothing where there is no problem. */
export function ProblemNotice(props: {
  readonly problem: Problem | null | undefined;
  readonly role?: 'alert' | 'status';
  /** Does once more what failed. */
  readonly onAgain?: () => void;
}): JSX.Element | null {
  const { problem, role = 'alert', onAgain } = props;
  if (!problem) return null;
  return (
    <Notice look="bad" role={role} action={onAgain && <AgainButton onClick={onAgain} />}>
      <ProblemText problem={problem} />
    </Notice>
  );
}

export function AgainButton({ onClick }: { readonly onClick: () => void }): JSX.Element {
  return (
    <button type="button" onClick={onClick}>
      Look again
    </button>
  );
}

/** For the servers that were added since the logon was given. */
export function SignInButton(): JSX.Element {
  const model = useModel();
  return (
    <button type="button" onClick={() => model.signInFor.set({ server: null, why: ADDED })}>
      Sign in again…
    </button>
  );
}
const ADDED = 'A logon is for the servers that were in the list when it was given. What is on the screen stays.';

/** Equal causes once: *14 × logon refused*, with the servers under it. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }): JSX.Element {
  const model = useModel();
  const [open, setOpen] = useState<string | null>(null);
  const byCause = new Map<string, Problem[]>();
  for (const problem of problems) byCause.set(problem.code, [...(byCause.get(problem.code) ?? []), problem]);
  return (
    <ul class="lost-list">
      {[...byCause].map(([code, same]) => {
        const [first] = same;
        if (first === undefined) return null;
        return (
          <li key={code}>
            <b class="quiet">{same.length === 1 ? '' : `${same.length} ×`}</b>
            <span>
              <ProblemText problem={same.length === 1 ? first : { ...first, where: null }} withDetails={false} />
              {same.length === 1 ? null : (
                <>
                  {' '}
                  <button
                    type="button"
                    class="plain"
                    aria-expanded={open === code}
                    onClick={() => setOpen(open === code ? null : code)}
                  >
                    Which servers
                  </button>
                  {open === code ? <p>{same.map(({ where }) => where).join(', ')}</p> : null}
                </>
              )}{' '}
              {code === 'NOT_SIGNED_IN' ? (
                <SignInButton />
              ) : DENIED.test(code) && first.where !== null ? (
                <button type="button" class="plain" onClick={() => model.signInFor.set({ server: first.where })}>
                  Sign in for that server…
                </button>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Refused for who one is: another logon may do. */
const DENIED = /^(?:ERR_AUTHORIZATION|ERR_AUTHENTICATION|ERR_LOGON\w*|WIN32 5)$/;
