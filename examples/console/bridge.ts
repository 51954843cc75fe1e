/**
 * The contract of the console: page, preload, main, loopback server and engine import this file and agree on nothing else.
 *
 * All that crosses is JSON: no Date, bigint, class, undefined, function. `structuredClone` and JSON give the same. A field that may be absent is
 * there and null, in both directions. Times are ISO texts, durations on the way up whole seconds, percentages whole numbers.
 */

import type { ActivityResult, ActivityRow, AppliedRow, ApplyResult, Plan } from './bridge/changes.js';
import type {
  CheckResult,
  CheckRow,
  CompareResult,
  ConsoleState,
  DifferenceRow,
  EntriesResult,
  EntryRow,
  FindResult,
  FindRow,
  FleetResult,
  FleetRow,
  PairRow,
  PairsResult,
  PairView,
  SavedFile,
  ScopeRow,
  ServerRow,
} from './bridge/rows.js';
import type { EndHow, Logon, Problem, Progress, SignInHow, Stop } from './bridge/terms.js';

export type * from './bridge/changes.js';
export type * from './bridge/rows.js';
export type * from './bridge/terms.js';

export interface Bridge {
  readonly api: 1;
  /** Starts one run. `listen` hears rows, progress, problems, and `end` exactly once, last. Gives what stops it. */
  run<M extends Method>(method: M, params: Params[M], listen: (event: RunEvent<M>) => void): Stop;
}
export type RunEvent<M extends Method> =
  /** At most {@link LIMITS.rows} a message. A row with the key of an earlier one of the same run replaces it. */
  | { readonly type: 'rows'; readonly rows: readonly Rows[M][] }
  /** At most 10 a second, and one last that is right. `done` includes `failed`. */
  | ({ readonly type: 'progress' } & Progress)
  /** One target failed, the run goes on. */
  | { readonly type: 'problem'; readonly problem: Problem }
  | {
      readonly type: 'end';
      readonly how: EndHow;
      readonly result: Results[M] | null;
      readonly problem: Problem | null;
    };

export const METHODS = [
  'state',
  'signIn',
  'signOut',
  'servers',
  'fleet',
  'pairs',
  'pair',
  'compare',
  'entries',
  'find',
  'check',
  'plan',
  'apply',
  'activity',
  'save',
] as const;
export type Method = (typeof METHODS)[number];

export const LIMITS = { bytes: 65_536, items: 10_000, rows: 500, text: 10_000, planMinutes: 10 } as const;

// ---- what the page asks for ----

export interface Params {
  readonly state: Nothing;
  readonly signIn: {
    readonly how: SignInHow;
    readonly user: string | null;
    readonly password: string | null;
    readonly logon: Logon;
    /** The one server that is asked first; null: the first of the list. */
    readonly server: string | null;
    /** The logon is for that server alone, beside the one for all ("sign in for that server"). */
    readonly onlyThere: boolean;
    readonly remember: boolean;
  };
  /** `forget`: what is remembered goes as well. */
  readonly signOut: { readonly forget: boolean };
  /** `add`: names in a pasted text, between them commas, semicolons, spaces or line ends; what stands behind a `#` is the site of its line's. */
  readonly servers: { readonly add: string | null; readonly remove: readonly string[] };
  /** Null: all of the list. */
  readonly fleet: { readonly servers: readonly string[] | null };
  /** `compare`: both servers' configuration as well; each row then comes twice, first without it. */
  readonly pairs: { readonly servers: readonly string[] | null; readonly compare: boolean };
  readonly pair: { readonly key: string };
  /** `reservationOptions`: the addresses whose own options are read as well. */
  readonly compare: { readonly key: string; readonly reservationOptions: readonly string[] };
  readonly entries:
    | { readonly kind: 'scopes'; readonly servers: readonly string[] | null }
    /** One scope's leases and reservations, from both servers where a relationship holds it. */
    | { readonly kind: 'addresses'; readonly server: string; readonly scopeId: string };
  /** An address, a name or a MAC in any spelling, with `*` and `?`. */
  readonly find: { readonly text: string; readonly servers: readonly string[] | null };
  readonly check: { readonly kind: 'why'; readonly key: string } | ({ readonly kind: 'protect' } & ProtectSettings);
  readonly plan: { readonly change: Change };
  readonly apply: { readonly id: string; readonly typed: string | null };
  /** `key`: of this pair alone. `id`: one of them, with everything that was kept. */
  readonly activity: { readonly key: string | null; readonly id: string | null };
  readonly save:
    | { readonly what: 'fleet' | 'pairs' | 'activity' }
    | { readonly what: 'differences'; readonly key: string }
    | { readonly what: 'addresses'; readonly server: string; readonly scopeId: string; readonly filter: string };
}
export type Nothing = Readonly<Record<string, never>>;

export interface ProtectSettings {
  readonly server: string;
  readonly scopeIds: readonly string[];
  readonly partner: string;
  /** Of a new relationship, or of the one that is used again. */
  readonly name: string;
  /** Key of an existing relationship with that partner; what follows is then not looked at. */
  readonly existing: string | null;
  readonly mode: 'LoadBalance' | 'HotStandby';
  /** Of `server`, when they share; 0 to 100. */
  readonly share: number;
  /** Of the standby, when one waits; 0 to 100. */
  readonly reserve: number;
  /** What `server` is, when one waits. */
  readonly role: 'Active' | 'Standby';
  readonly mcltSeconds: number;
  /** Null: off. */
  readonly switchAfterSeconds: number | null;
  readonly secret: SecretChoice;
}
/** `generate`: 32 characters, made in the engine; they never enter the page. `keep` (for `set` alone): as it is. */
export type SecretChoice =
  | { readonly how: 'off' | 'generate' | 'keep'; readonly text: null }
  | { readonly how: 'typed'; readonly text: string };

/** What `plan` takes. `on` names the servers that a change of one thing is written to; null: all that hold the scope. */
export type Change =
  /** `scopeIds`: these alone (for one relationship); null: all. */
  | {
      readonly kind: 'replicate';
      readonly relationships: readonly ReplicateOne[];
      readonly scopeIds: readonly string[] | null;
    }
  /** `force`: the partner is silent, or the copy is stale: the relationship ends on `keeper` alone. */
  | { readonly kind: 'remove'; readonly key: string; readonly keeper: string; readonly force: boolean }
  | { readonly kind: 'takeOut'; readonly key: string; readonly keeper: string; readonly scopeIds: readonly string[] }
  /** What `owner` has and a replication would take is written to its partner as well. `items`: keys of differences. */
  | { readonly kind: 'keep'; readonly key: string; readonly owner: string; readonly items: readonly string[] }
  /** `survivor` declares its partner down. The box of the plan is the page's to have ticked. */
  | { readonly kind: 'partnerDown'; readonly key: string; readonly survivor: string }
  /** Null: as it is. `server` is the one that `share` and `role` are meant of, and that is asked to change both. */
  | {
      readonly kind: 'set';
      readonly key: string;
      readonly server: string;
      readonly mode: 'LoadBalance' | 'HotStandby' | null;
      readonly share: number | null;
      readonly reserve: number | null;
      readonly role: 'Active' | 'Standby' | null;
      readonly mcltSeconds: number | null;
      readonly automaticSwitch: boolean | null;
      readonly switchAfterSeconds: number | null;
      readonly secret: SecretChoice;
    }
  | ({ readonly kind: 'protect' } & ProtectSettings)
  | { readonly kind: 'addScopes'; readonly key: string; readonly server: string; readonly scopeIds: readonly string[] }
  | {
      readonly kind: 'reservation';
      readonly action: 'add' | 'change' | 'delete';
      readonly server: string;
      readonly scopeId: string;
      readonly address: string;
      readonly clientId: string | null;
      readonly name: string | null;
      readonly description: string | null;
      readonly on: readonly string[] | null;
    }
  | {
      readonly kind: 'lease';
      readonly server: string;
      readonly scopeId: string;
      readonly address: string;
      readonly on: readonly string[] | null;
    }
  | {
      readonly kind: 'exclusion';
      readonly action: 'add' | 'delete';
      readonly server: string;
      readonly scopeId: string;
      readonly start: string;
      readonly end: string;
      readonly on: readonly string[] | null;
    }
  | {
      readonly kind: 'option';
      readonly action: 'set' | 'delete';
      readonly server: string;
      readonly scopeId: string;
      readonly optionId: number;
      readonly value: readonly string[];
      readonly on: readonly string[] | null;
    }
  /** `id` of an activity that `canPutBack`. */
  | { readonly kind: 'putBack'; readonly id: string };
export interface ReplicateOne {
  readonly key: string;
  /** The server whose configuration becomes that of the other. */
  readonly from: string;
}

// ---- what comes back ----

export interface Rows {
  readonly state: never;
  readonly signIn: never;
  readonly signOut: never;
  readonly servers: ServerRow;
  readonly fleet: FleetRow;
  readonly pairs: PairRow;
  readonly pair: never;
  readonly compare: DifferenceRow;
  readonly entries: ScopeRow | EntryRow;
  readonly find: FindRow;
  readonly check: CheckRow;
  readonly plan: never;
  readonly apply: AppliedRow;
  readonly activity: ActivityRow;
  readonly save: never;
}

export interface Results {
  readonly state: ConsoleState;
  readonly signIn: ConsoleState;
  readonly signOut: ConsoleState;
  readonly servers: {
    readonly added: readonly string[];
    readonly refused: readonly { readonly text: string; readonly why: string }[];
  };
  readonly fleet: FleetResult;
  readonly pairs: PairsResult;
  readonly pair: PairView;
  readonly compare: CompareResult;
  readonly entries: EntriesResult;
  readonly find: FindResult;
  readonly check: CheckResult;
  readonly plan: Plan;
  readonly apply: ApplyResult;
  readonly activity: ActivityResult;
  readonly save: SavedFile;
}
