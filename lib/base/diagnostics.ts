import { AsyncLocalStorage } from 'node:async_hooks';
import { type Channel, channel } from 'node:diagnostics_channel';

/** The run of a cmdlet on one computer, as all that it sends is marked. */
export interface CmdletMark {
  readonly cmdlet: string;
  /** Counts the runs of this process, from 1; each computer of a call has its own, and each further try, too. */
  readonly invocation: number;
}

/** What is said of every run of a cmdlet on a computer. */
export interface CmdletDiagnostics extends CmdletMark {
  readonly computerName: string;
  /** UUID of the session (`session.instanceId`); undefined for what needs none. */
  readonly session: string | undefined;
  /** `invocation` of the cmdlet that called this one, as Export-DhcpServer calls others. */
  readonly parent: number | undefined;
}

/** What is said of every message to a server. */
export interface RequestDiagnostics extends Partial<CmdletMark> {
  readonly url: string;
  readonly computerName: string;
  /** UUID of the session (`session.instanceId`). */
  readonly session: string | undefined;
  readonly action: string;
  /** Empty for Identify and for what is said beside an operation. */
  readonly messageId: string;
}

/**
 * What the library publishes on `node:diagnostics_channel`, one channel a key. No message holds a body, a token, a key or a password.
 * A human-readable log is just one subscriber.
 */
export interface DiagnosticMessages {
  /** A TCP or TLS connection was opened. */
  'cimlet:connection:open': { readonly host: string; readonly port: number; readonly secure: boolean };
  'cimlet:connection:close': { readonly host: string; readonly port: number; readonly requests: number };
  /** A security context was established. */
  'cimlet:auth:complete': {
    readonly host: string;
    readonly scheme: string;
    /** The mechanism that was chosen, e.g. `NTLM` or `Kerberos`. */
    readonly mechanism: string;
    readonly encrypts: boolean;
    readonly delegates: boolean;
    readonly roundTrips: number;
  };
  /** Negotiate settled on a mechanism, or on none. */
  'cimlet:auth:mechanism': {
    readonly host: string;
    /** Undefined when nothing that was allowed could be used. */
    readonly mechanism: string | undefined;
    /** What could not be used, and the code of the error that said so. */
    readonly declined: readonly { readonly mechanism: string; readonly code: string }[];
  };
  'cimlet:auth:failed': {
    readonly host: string;
    readonly scheme: string;
    readonly mechanism: string;
    readonly code: string;
  };
  'cimlet:request:start': RequestDiagnostics & { readonly bytes: number };
  'cimlet:request:end': RequestDiagnostics & { readonly status: number; readonly durationMs: number };
  'cimlet:request:error': RequestDiagnostics & { readonly code: string; readonly durationMs: number };
  /** What is said beside an operation: answers to its questions, Acknowledge, KeepAlive, Cancel, End. With `status` it was answered, with `code` not. */
  'cimlet:request:control': RequestDiagnostics & { readonly status?: number; readonly code?: string };
  /** A session's state is another one (`CimSessionState`). */
  'cimlet:session:state': {
    readonly computerName: string;
    /** UUID of the session. */
    readonly session: string;
    readonly state: string;
    readonly previous: string;
    /** Of the error that showed it. */
    readonly code: string | undefined;
  };
  /** The parameters of a call were bound, and nothing was asked or sent yet; once for each piped object. */
  'cimlet:cmdlet:bound': {
    readonly cmdlet: string;
    readonly parameterSet: string;
    /** By name, converted; a secret or a credential is a text in brackets. */
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  /** A cmdlet begins to work on one computer. */
  'cimlet:cmdlet:start': CmdletDiagnostics;
  /** It is over there. `failed` after any error; `code` is that of an error that ended it. */
  'cimlet:cmdlet:end': CmdletDiagnostics & {
    readonly durationMs: number;
    readonly failed: boolean;
    readonly code: string | undefined;
  };
  /** A busy server is tried again, or, with `attempts`, one where something else failed. */
  'cimlet:cmdlet:retry': {
    readonly cmdlet: string;
    readonly computerName: string;
    readonly attempt: number;
    readonly delayMs: number;
    readonly code: string;
  };
}

export type DiagnosticChannelName = keyof DiagnosticMessages;

/** Held from the start: Node 20 keeps a channel by a weak reference only, and may lose the subscribers of one that it made anew. */
const CHANNELS: Readonly<Record<DiagnosticChannelName, Channel>> = {
  'cimlet:connection:open': channel('cimlet:connection:open'),
  'cimlet:connection:close': channel('cimlet:connection:close'),
  'cimlet:auth:complete': channel('cimlet:auth:complete'),
  'cimlet:auth:mechanism': channel('cimlet:auth:mechanism'),
  'cimlet:auth:failed': channel('cimlet:auth:failed'),
  'cimlet:request:start': channel('cimlet:request:start'),
  'cimlet:request:end': channel('cimlet:request:end'),
  'cimlet:request:error': channel('cimlet:request:error'),
  'cimlet:request:control': channel('cimlet:request:control'),
  'cimlet:session:state': channel('cimlet:session:state'),
  'cimlet:cmdlet:bound': channel('cimlet:cmdlet:bound'),
  'cimlet:cmdlet:start': channel('cimlet:cmdlet:start'),
  'cimlet:cmdlet:end': channel('cimlet:cmdlet:end'),
  'cimlet:cmdlet:retry': channel('cimlet:cmdlet:retry'),
};

/** Somebody listens; to ask where a message is dear to make. */
export function hasSubscribers(name: DiagnosticChannelName): boolean {
  return CHANNELS[name].hasSubscribers;
}

/** Publishes to one channel; costs next to nothing without a subscriber. */
export function publish<N extends DiagnosticChannelName>(name: N, message: DiagnosticMessages[N]): void {
  const target = CHANNELS[name];
  if (target.hasSubscribers) target.publish(message);
}

/** The channels whose messages say which cmdlet they are for. */
const MARKED: readonly Channel[] = [
  CHANNELS['cimlet:cmdlet:start'],
  CHANNELS['cimlet:cmdlet:end'],
  CHANNELS['cimlet:request:start'],
  CHANNELS['cimlet:request:end'],
  CHANNELS['cimlet:request:error'],
  CHANNELS['cimlet:request:control'],
];

const mark = new AsyncLocalStorage<CmdletMark>();
let invocations = 0;

/** Somebody listens who wants to know of runs of cmdlets; without one, no run is marked. */
export function marksCmdlets(): boolean {
  for (const one of MARKED) if (one.hasSubscribers) return true;
  return false;
}

/** The mark of the next run of a cmdlet. */
export function nextMark(cmdlet: string): CmdletMark {
  invocations += 1;
  return { cmdlet, invocation: invocations };
}

/** Does `work` and all that follows of it under a mark. */
export const underMark = <T>(own: CmdletMark, work: () => T): T => mark.run(own, work);

/** The run that the caller is part of; undefined outside of one, and where nobody listened when it began. */
export const currentCmdlet = (): CmdletMark | undefined => mark.getStore();
