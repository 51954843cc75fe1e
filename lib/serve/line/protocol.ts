import type { ConfirmPreference } from '../../cmdlet/contract/engine-parameters.js';

/** The protocol's version. A process refuses a program that speaks another one; what is added later is what an older reader may skip. */
export const PROTOCOL_VERSION = 1;

/** The id of lines that belong to no call. */
export const NO_CALL = '0';

/** Instances that go out in one line at most. */
export const ROWS_A_LINE = 64;

/** What one process takes; docs/project/serve.md has the figures for those who write the other side. */
export interface ServeLimits {
  /** Bytes of a line. */
  readonly lineBytes: number;
  /** Calls under way at a time. */
  readonly openCalls: number;
  /** Scopes that are known at a time. */
  readonly scopes: number;
  /** Session options and classes that are remembered; the oldest are forgotten first. */
  readonly remembered: number;
  /** Milliseconds without a call and without a session, after which the process ends. */
  readonly idleMs: number;
}

export const SERVE_LIMITS: ServeLimits = {
  lineBytes: 16 * 1024 * 1024,
  openCalls: 1024,
  scopes: 4096,
  remembered: 1024,
  idleMs: 10 * 60_000,
};

/** Exit codes of the process: it was told to end, it could not understand who speaks to it, and it had nothing to do. */
export const SERVE_EXIT = { done: 0, refused: 2, idle: 75 } as const;

/** A value on its way to the process: what a parameter takes, as text wherever numbers could lose digits. */
export type WireValue = null | boolean | number | string | readonly WireValue[] | WireObject;

/** What no text can say. */
export type WireObject =
  | { readonly userName: string; readonly password: string }
  /** An empty `session` is a computer that was only named. */
  | { readonly session: string; readonly computer: string }
  /** What a line of kind `k` brought. */
  | { readonly option: string }
  | { readonly table: Readonly<Record<string, WireValue>> }
  | { readonly class: { readonly namespace: string; readonly className: string } }
  | { readonly instance: WireInstance };

/** An instance on its way back: the values as the rows have them. */
export interface WireInstance {
  readonly namespace: string;
  readonly className: string;
  readonly computer?: string | undefined;
  readonly session?: string | undefined;
  /** Name, type as the header spells it (`string`, `uint32[]`), value as text. */
  readonly properties: readonly (readonly [string, string, string | null])[];
}

/** The first line of whoever started the process. */
export interface ServeGreeting {
  readonly kind: 'greeting';
  readonly protocol: number;
}

export interface ServeRequest {
  readonly kind: 'call';
  /** The caller's own name for the call: letters, digits and points. */
  readonly id: string;
  readonly cmdlet: string;
  /** Whose sessions New-, Get- and Remove-CimSession work on. */
  readonly scope: string;
  /** What the caller gave. */
  readonly parameters: Readonly<Record<string, WireValue>>;
  /** What a piped object brought by property name: it starts no confirmation and breaks no exclusion. */
  readonly input?: Readonly<Record<string, WireValue>> | undefined;
  readonly confirmPreference?: ConfirmPreference | undefined;
  readonly verbose: boolean;
  readonly debug: boolean;
  /** Lines of results that may come before more credit does. Absent: as many as there are. */
  readonly credit?: number | undefined;
}

export type ServeMessage =
  | ServeGreeting
  | ServeRequest
  | { readonly kind: 'answer'; readonly id: string; readonly answer: 'yes' | 'yesToAll' | 'no' | 'noToAll' }
  | { readonly kind: 'credit'; readonly id: string; readonly lines: number }
  | { readonly kind: 'cancel'; readonly id: string }
  /** A scope has ended: its sessions are closed. */
  | { readonly kind: 'end'; readonly scope: string };

/**
 * The kind of a line from the process. `h` who speaks · `c` header of a class, `o` rows under it · `s` a plain value · `r` an object without a class ·
 * `y` a class · `n` a session · `k` session options · `e` an error · `w` `v` `d` texts of the streams · `i` what -WhatIf says · `p` progress ·
 * `q` a question · `x` the end of a call.
 */
export type ReplyKind = 'h' | 'c' | 'o' | 's' | 'r' | 'y' | 'n' | 'k' | 'e' | 'w' | 'v' | 'd' | 'i' | 'p' | 'q' | 'x';
