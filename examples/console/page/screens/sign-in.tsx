import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ConsoleState, Logon, Problem, SignInHow } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { type ConsoleModel, useModel } from '../data/console-model.js';
import { counted } from '../data/format.js';
import { ask, problemFrom } from '../data/reading.js';
import { go, route } from '../data/route.js';
import { AddServers } from '../parts/add-servers.js';
import { Button } from '../parts/button.js';
import { type Card, Cards } from '../parts/cards.js';
import { Dialog } from '../parts/dialog.js';
import { Notice, ProblemNotice } from '../parts/notice.js';
import { data } from '../parts/text.js';
import { Check } from '../parts/tick.js';

/** The first screen: which servers, and who one is there. */
export function SignIn(): JSX.Element {
  const model = useModel();
  const state = useCell(model.state);
  const servers = state?.servers ?? 0;
  const lookAround = async (): Promise<void> => {
    try {
      const next = await ask(model.bridge, 'signIn', { ...EMPTY, how: 'lab' });
      model.setState(next, false);
      go(['fleet']);
    } catch (error) {
      model.announce(problemFrom(error).what, true);
    }
  };
  return (
    <div class="gate">
      <div>
        <h1>{servers === 0 ? 'Which servers?' : 'Sign in'}</h1>
        <p class="muted">
          {servers === 0
            ? 'The console shows failover pairs of Windows DHCP servers, and what both sides say. It needs their names once.'
            : `${counted(servers, 'server')} in the list. One of them is asked first; the others only when it has taken the logon, so that a wrong password locks nobody out.`}
        </p>
      </div>
      {servers === 0 ? (
        <section class="panel form" aria-label="Servers">
          <AddServers onAdded={() => void model.start()} />
        </section>
      ) : (
        <section class="panel" aria-label="Sign in">
          <SignInForm server={null} onSignedIn={() => afterSignIn()} />
        </section>
      )}
      <p class="row">
        <span class="muted">No servers at hand?</span>
        <Button look="plain" onClick={() => void lookAround()}>
          Look around in a lab
        </Button>
      </p>
    </div>
  );
}

/** Back to where one wanted to go; else to Fleet. */
function afterSignIn(): void {
  const { path } = route.get();
  if (path[0] === 'sign-in' || path[0] === '') go(['fleet']);
}

/** The same in a dialog, when a logon has ended, or for one server. */
export function SignInDialog({
  server,
  why = 'The logon has ended. What is on the screen stays.',
}: {
  readonly server: string | null;
  readonly why?: string;
}): JSX.Element {
  const model = useModel();
  const close = (): void => model.signInFor.set(null);
  return (
    <Dialog
      title={server === null ? 'Sign in again' : `Sign in for ${server}`}
      onClose={close}
      footer={<Button onClick={close}>Cancel</Button>}
    >
      <p>
        {server === null
          ? data(why, 600)
          : 'This logon is for that server alone; all others keep the one that they have.'}
      </p>
      <SignInForm server={server} onSignedIn={close} isInDialog />
    </Dialog>
  );
}

const EMPTY = {
  user: null,
  password: null,
  logon: 'CredSsp',
  server: null,
  onlyThere: false,
  remember: false,
} as const;

const LOGONS: readonly Card<Logon>[] = [
  { value: 'CredSsp', title: 'CredSSP', text: 'Reads and changes: servers call their partners as you.' },
  { value: 'Kerberos', title: 'Kerberos, delegated', text: 'Reads and changes, where delegation is allowed.' },
  {
    value: 'Negotiate',
    title: 'Negotiate',
    text: 'Reads everything. Changes to pairs need the server to call its partner as you: CredSSP or delegated Kerberos.',
  },
];
const WHO: readonly Card<SignInHow>[] = [
  { value: 'password', title: 'User and password', text: 'An account of the domain.' },
  {
    value: 'ticket',
    title: "This computer's ticket",
    text: 'The Kerberos ticket of this computer: kinit, or a domain logon.',
  },
];

interface FormProps {
  readonly server: string | null;
  readonly onSignedIn: () => void;
  readonly isInDialog?: boolean;
}

/** Those that were not asked for want of a logon. */
function readUncovered({ fleet }: ConsoleModel): void {
  const servers = fleet.view.get().rows.filter(({ problem }) => problem?.code === 'NOT_SIGNED_IN');
  if (servers.length > 0) fleet.read({ servers: servers.map(({ server }) => server) }, true);
}

function SignInForm({ server, onSignedIn, isInDialog = false }: FormProps): JSX.Element {
  const model = useModel();
  const state = model.state.get();
  const [how, setHow] = useState<SignInHow>('password');
  const [logon, setLogon] = useState<Logon>('CredSsp');
  const [remember, setRemember] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const signIn = async (by: SignInHow): Promise<void> => {
    if (isAsking) return;
    const isByPassword = by === 'password';
    if (isByPassword && user.current?.value.trim() === '') return void user.current.focus();
    setAsking(true);
    setProblem(null);
    const secret = password.current?.value ?? '';
    // A secret does not stay in the page: the field is emptied with the press of the button.
    if (password.current) password.current.value = '';
    try {
      const next: ConsoleState = await ask(model.bridge, 'signIn', {
        how: by,
        user: isByPassword ? (user.current?.value.trim() ?? '') : null,
        password: isByPassword ? secret : null,
        logon: by === 'ticket' ? 'Kerberos' : logon,
        server,
        onlyThere: server !== null,
        remember: isByPassword && remember,
      });
      model.setState(next, isInDialog);
      if (server !== null) model.pairs.read({ servers: null, compare: false });
      else if (isInDialog) readUncovered(model);
      onSignedIn();
    } catch (error) {
      setProblem(problemFrom(error));
      setAsking(false);
      (password.current ?? user.current)?.focus();
    }
  };
  return (
    <form
      class={isInDialog ? 'form bare' : 'form'}
      onSubmit={(event) => {
        event.preventDefault();
        void signIn(how);
      }}
    >
      <ProblemNotice problem={problem} />
      {state?.remembered ? (
        <Notice
          look="info"
          icon="lock"
          action={
            <button type="button" onClick={() => void signIn('remembered')}>
              Sign in
            </button>
          }
        >
          {data(state.remembered.account)} is remembered in this computer's key store.
        </Notice>
      ) : null}
      <Cards legend="Who" name="how" cards={WHO} value={how} onPick={setHow} />
      {how === 'password' ? (
        <>
          <label class="field">
            <span>User</span>
            <input
              ref={user}
              type="text"
              name="username"
              autocomplete="username"
              spellcheck={false}
              autocapitalize="none"
              required
              placeholder="CONTOSO\name or name@contoso.com"
              data-first=""
            />
          </label>
          <label class="field">
            <span>Password</span>
            <input
              ref={password}
              type="password"
              name="password"
              autocomplete="current-password"
              required
              aria-invalid={problem === null ? undefined : 'true'}
            />
          </label>
          <Cards legend="Logon" name="logon" cards={LOGONS} value={logon} onPick={setLogon} isOneColumn />
          {state?.canRemember ? (
            <Check isOn={remember} onSet={setRemember}>
              Remember in this computer's key store
            </Check>
          ) : null}
        </>
      ) : null}
      <div class="row end">
        <Button type="submit" look="primary" off={isAsking ? 'One server is being asked.' : null}>
          {isAsking ? 'Asking one server' : 'Sign in'}
        </Button>
      </div>
    </form>
  );
}
