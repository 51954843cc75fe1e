import { type Channel, channel } from 'node:diagnostics_channel';

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
  'cimlet:request:start': {
    readonly url: string;
    readonly action: string;
    readonly messageId: string;
    readonly bytes: number;
  };
  'cimlet:request:end': {
    readonly url: string;
    readonly action: string;
    readonly messageId: string;
    readonly status: number;
    readonly durationMs: number;
  };
  'cimlet:request:error': {
    readonly url: string;
    readonly action: string;
    readonly messageId: string;
    readonly code: string;
  };
  /** The parameters of a call were bound, and nothing was asked or sent yet; once for each piped object. */
  'cimlet:cmdlet:bound': {
    readonly cmdlet: string;
    readonly parameterSet: string;
    /** By name, converted; a secret or a credential is a text in brackets. */
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  /** A busy server is tried again, or, with `attempts`, one where something else failed. */
  'cimlet:cmdlet:retry': {
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
  'cimlet:cmdlet:bound': channel('cimlet:cmdlet:bound'),
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
