import type { Clock } from '../../base/clock.js';
import type { DeadlineOptions } from '../../base/deadline.js';
import type { CimSessionList } from '../../cim/session/session-list.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { SessionFactory } from './cmdlet-session.js';
import type { ConfirmPreference } from './engine-parameters.js';
import type { CmdletHost } from './host.js';
import type { PipedInput } from './piped-input.js';
import type { StreamListeners } from './streams.js';

/**
 * How a cmdlet is run; what it does is in its parameters. `timeoutMs` and `signal` hold for the whole call. `Input` is what may be piped to the
 * cmdlet.
 */
export interface InvocationOptions<Input = never> extends DeadlineOptions, StreamListeners {
  /** Answers prompts. Without one, a call that has to ask is refused before anything is sent. */
  readonly host?: CmdletHost | undefined;
  /** Ask when the cmdlet's ConfirmImpact is at least this. Default `High`, as in PowerShell. */
  readonly confirmPreference?: ConfirmPreference | undefined;
  /**
   * Pipeline input: the cmdlet runs once for each object, with its properties bound by name. An object is one input; an array or another
   * iterable, and an async iterable (such as the result of another cmdlet), are a stream of them.
   */
  readonly input?: PipedInput<Input> | undefined;
  /** How sessions are opened to computers that are given by name. */
  readonly sessionOptions?: CimSessionOptions | undefined;
  /** Opens these sessions instead. */
  readonly sessionFactory?: SessionFactory | undefined;
  /** Leaves the sessions of `sessionFactory` open: whoever made them closes them. Default false: they are closed after the call. */
  readonly keepSessions?: boolean | undefined;
  /**
   * The server may stream, tell and ask while it works (MS-WSMV's enhanced CIM operations), as PowerShell's client lets it. False sends
   * requests plainly. Default true; a server that knows nothing of it answers plainly anyway.
   */
  readonly enhanced?: boolean | undefined;
  /** The sessions that New-, Get- and Remove-CimSession work on. Default: those that the process has opened, which it holds weakly. */
  readonly sessions?: CimSessionList | undefined;
  /**
   * How often a target is tried whose failure and cmdlet allow that, 1 to 20; the call's time and its signal hold for all of it. Default 1: once, but
   * for a server that is too busy. A call over several targets then begins with one of them, so that a wrong password is tried once, and begins
   * nothing more when a credential is refused.
   */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try, doubled for each further one, with jitter, 30 seconds at most. Default 500. */
  readonly attemptDelayMs?: number | undefined;
  /** Time for the waits between tries; default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** Randomness for these waits, 0 (included) to 1 (not included); default `Math.random`. */
  readonly random?: (() => number) | undefined;
}
