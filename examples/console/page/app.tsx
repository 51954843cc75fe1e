import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useCell } from './data/cell.js';
import { useModel } from './data/console-model.js';
import { route } from './data/route.js';
import { keep, kept } from './data/tab-store.js';
import { Announcer } from './parts/announcer.js';
import { Head } from './parts/frame.js';
import { Later } from './parts/later.js';
import { Rail } from './parts/rail.js';
import { Runs } from './parts/runs.js';
import { Fleet } from './screens/fleet.js';
import { Pair } from './screens/pair.js';
import { Pairs } from './screens/pairs.js';
import { SignIn, SignInDialog } from './screens/sign-in.js';
import { Unreachable } from './screens/unreachable.js';

/** The rail and the heading are there at once; nothing waits for a server. */
export function App(): JSX.Element {
  const model = useModel();
  const state = useCell(model.state);
  const unreachable = useCell(model.unreachable);
  const { path } = useCell(route);
  const signInFor = useCell(model.signInFor);
  const where = path.join('/');
  useScroll(where);
  const isSignedIn = state?.signedIn != null;
  const isGate = state !== null && (!isSignedIn || path[0] === 'sign-in');
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <div class="app">
        <Rail at={path[0] ?? ''} isSignedIn={isSignedIn} />
        <div class="work">
          {state?.isLab ? <p class="lab">Lab: nothing here is real</p> : null}
          <main id="main" tabIndex={-1}>
            {unreachable !== null ? <Unreachable problem={unreachable} /> : null}
            {unreachable !== null && state === null ? null : isGate ? (
              <SignIn />
            ) : (
              <Screen path={path} isReady={isSignedIn} />
            )}
            <Runs />
          </main>
        </div>
      </div>
      {signInFor !== null && isSignedIn ? <SignInDialog {...signInFor} /> : null}
      <Announcer />
    </>
  );
}

function Screen({ path, isReady }: { readonly path: readonly string[]; readonly isReady: boolean }): JSX.Element {
  const [screen = '', one = '', two = ''] = path;
  // Until the engine has said who is signed in, nothing is asked: the headings alone are there.
  if (!isReady) return <Head title={TITLES[screen] ?? 'DHCP console'} sub="Asking the console who is signed in." />;
  const waiting = <Head title={TITLES[screen] ?? ''} />;
  switch (screen) {
    case 'pairs':
      return one === 'new' ? <Later show={(more) => <more.Protect />} meanwhile={waiting} /> : <Pairs />;
    case 'pair':
      return <Pair key={one} pairKey={one} tab={two === '' ? 'differences' : two} />;
    case 'scopes':
      return <Later show={(more) => <more.Scopes />} meanwhile={waiting} />;
    case 'scope':
      return (
        <Later key={`${one}/${two}`} show={(more) => <more.Scope server={one} scopeId={two} />} meanwhile={waiting} />
      );
    case 'find':
      return <Later show={(more) => <more.Find />} meanwhile={waiting} />;
    case 'activity':
      return <Later show={(more) => <more.Activity id={one} />} meanwhile={waiting} />;
    default:
      return <Fleet />;
  }
}

const TITLES: Readonly<Record<string, string>> = {
  pairs: 'Pairs',
  scopes: 'Scopes',
  find: 'Find a client',
  activity: 'Activity',
  '': 'Fleet',
  fleet: 'Fleet',
};

/** A new screen begins at its top with the focus in it; one that was visited before, where it was left. */
function useScroll(where: string): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const remember = (): void => keep(`at:${where}`, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [where]);
  useLayoutEffect(() => {
    const [screen, key] = where.split('/');
    const [lastScreen, lastKey] = (last.current ?? '').split('/');
    const isFirst = last.current === null;
    last.current = where;
    // The tabs of a pair are one screen.
    if (isFirst || (screen === lastScreen && key === lastKey)) return;
    scrollTo(0, kept<number>(`at:${where}`) ?? 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [where]);
}
