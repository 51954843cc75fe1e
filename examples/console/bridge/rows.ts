/** What the screens show: the part of the contract that is read. */
import type { Logon, Problem, SignInHow } from './terms.js';

export interface ConsoleState {
  readonly signedIn: {
    readonly how: SignInHow;
    readonly account: string;
    readonly logon: Logon;
    /** *Kerberos, delegated*: for the foot of the rail. */
    readonly logonText: string;
    /** Servers call their partners as this account: changes to pairs work. */
    readonly reachesPartners: boolean;
    readonly since: string;
  } | null;
  /** Servers with a logon of their own. */
  readonly ownLogons: readonly string[];
  /** How many of the list were added after the logon was given: they are shown none. */
  readonly uncovered: number;
  readonly isLab: boolean;
  /** The key store is real: "Remember" is offered. */
  readonly canRemember: boolean;
  readonly remembered: { readonly account: string; readonly logon: Logon } | null;
  readonly servers: number;
  readonly version: string;
  readonly window: 'electron' | 'browser';
}

export interface ServerRow {
  readonly server: string;
  readonly site: string | null;
}

/** The six counts of Fleet, gravest first. */
export type FleetState = 'partnerDown' | 'interrupted' | 'noAnswer' | 'onTheWay' | 'noFailover' | 'inOrder';
export interface FleetRow {
  readonly server: string;
  readonly site: string | null;
  readonly state: FleetState;
  /** Why and what to do; empty when in order. */
  readonly why: string;
  readonly scopes: number | null;
  readonly fullest: { readonly scopeId: string; readonly percent: number } | null;
  readonly relationships: readonly {
    readonly key: string;
    readonly name: string;
    readonly state: string;
    readonly partner: string;
  }[];
  readonly readAt: string;
  /** Null when it answered. Rows with the same `problem.code` collapse. */
  readonly problem: Problem | null;
}
export interface FleetResult {
  readonly answered: number;
  readonly silent: number;
  readonly scopes: number;
  readonly seconds: number;
  /** All failed the same way: the notice *This computer reaches none of the servers.* */
  readonly offline: Problem | null;
}

export type Configuration =
  | { readonly verdict: 'inStep' | 'different' | 'notKnown'; readonly differences: number; readonly notKnown: number }
  /** Not read yet, or not asked for. */
  | { readonly verdict: 'notRead'; readonly differences: null; readonly notKnown: null };
export type Severity = 'attention' | 'onTheWay' | 'inOrder';
export interface PairRow {
  readonly key: string;
  readonly name: string;
  readonly primary: PairSide;
  readonly secondary: PairSide;
  readonly mode: 'LoadBalance' | 'HotStandby';
  /** Share of the primary when they share; reserve of the standby otherwise. */
  readonly percent: number | null;
  readonly severity: Severity;
  /** State in words, of the graver side. */
  readonly stateText: string;
  /** Cause and remedy; null where there is none to say. */
  readonly note: string | null;
  /** Only one server has it, and the other one answered: a stale copy there, to be removed. */
  readonly staleOn: string | null;
  readonly configuration: Configuration;
  readonly scopes: number;
  readonly readAt: string;
}
export interface PairSide {
  /** Name in the list, or what the partner calls it. */
  readonly server: string;
  readonly address: string;
  /** It is in the list of servers. */
  readonly isListed: boolean;
  /** Windows' word; null: not known. */
  readonly state: string | null;
  readonly problem: Problem | null;
  readonly readAt: string | null;
}
export interface PairsResult {
  readonly attention: number;
  readonly answered: number;
  readonly silent: number;
  /** Scopes on two servers and in no relationship: addresses are given out twice unless their ranges are split. */
  readonly outside: readonly { readonly servers: readonly string[]; readonly scopeId: string; readonly what: string }[];
  readonly offline: Problem | null;
}

export interface PairView extends PairRow {
  /** State in words, cause if found, next step; null when normal. `kind` is the look. */
  readonly notice: {
    readonly kind: 'attention' | 'onTheWay' | 'notKnown';
    readonly title: string;
    readonly sentences: readonly string[];
  } | null;
  /** First seen by this console; Windows tells no time of a change of state. */
  readonly stateSince: { readonly primary: string | null; readonly secondary: string | null };
  readonly sides: { readonly primary: SideView; readonly secondary: SideView };
  readonly mcltSeconds: number;
  readonly automaticSwitch: boolean;
  readonly switchAfterSeconds: number | null;
  readonly authenticated: boolean;
  readonly scopeRows: readonly ScopeRow[];
  readonly offers: {
    /** Servers that may declare their partner down now. */
    readonly partnerDown: readonly string[];
    /** Why changes are off, with the remedy; null: they are on. */
    readonly changes: Problem | null;
  };
  /** A drain for maintenance that this console began, and its step; the share to go back to. */
  readonly drain: { readonly server: string; readonly since: string; readonly shareBefore: number } | null;
}
export interface SideView {
  readonly server: string;
  /** Percent of the clients; null when one waits. */
  readonly share: number | null;
  readonly role: 'Active' | 'Standby' | null;
  readonly free: number | null;
  readonly addresses: number | null;
  /** Milliseconds ahead of this computer (negative: behind); null: not known. */
  readonly clockAheadMs: number | null;
  /** Over 60 s from its partner. */
  readonly clockIsWrong: boolean;
  readonly version: string | null;
}

export interface DifferenceRow {
  readonly key: string;
  readonly group: 'replicated' | 'never' | 'notKnown';
  readonly verdict: 'onlyHere' | 'onlyThere' | 'other' | 'notKnown';
  readonly scopeId: string | null;
  readonly scopeName: string | null;
  readonly what: string;
  /** Value on the primary and the secondary; null: not there, or not known. */
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly meaning: string;
  /** Whose value a replication would take, and can be given to the other server before. */
  readonly keepable: readonly ('primary' | 'secondary')[];
}
export interface CompareResult {
  readonly verdict: 'inStep' | 'different' | 'notKnown' | 'notPaired';
  readonly primary: string;
  readonly secondary: string;
  readonly readAt: { readonly primary: string; readonly secondary: string };
  readonly counts: {
    readonly same: number;
    readonly differences: number;
    readonly never: number;
    readonly notKnown: number;
  };
  /** What replication would do in each direction. */
  readonly fromPrimary: { readonly adds: number; readonly changes: number; readonly removes: number };
  readonly fromSecondary: { readonly adds: number; readonly changes: number; readonly removes: number };
  readonly notCompared: readonly string[];
}

export interface ScopeRow {
  readonly kind: 'scope';
  /** `server/scopeId`. */
  readonly key: string;
  readonly server: string;
  readonly scopeId: string;
  readonly prefix: number;
  readonly name: string;
  readonly isActive: boolean;
  readonly start: string;
  readonly end: string;
  readonly relationship: { readonly key: string; readonly name: string; readonly partner: string } | null;
  readonly inUse: number | null;
  readonly free: number | null;
  readonly percent: number | null;
  readonly reservations: number | null;
  /** Why it cannot be protected; null: it can, or is. */
  readonly cannotProtect: string | null;
  readonly readAt: string;
}
export interface EntryRow {
  readonly kind: 'entry';
  readonly address: string;
  readonly name: string | null;
  readonly clientId: string | null;
  /** Windows' word: `Active`, `ActiveReservation`, `InactiveReservation`, `Declined`, `Expired`, …; `Reservation` for one without a lease. */
  readonly state: string;
  /** ISO time; null: never. */
  readonly ends: string | null;
  readonly givenBy: string | null;
  readonly isReservation: boolean;
  readonly description: string | null;
  /** Where the two disagree: a sentence (*only on sfo*). */
  readonly mark: string | null;
}
export interface EntriesResult {
  readonly scope: ScopeRow | null;
  readonly servers: readonly string[];
  /** By owner; null where the scope is in no relationship or was not told. */
  readonly pool: {
    readonly owners: readonly { readonly server: string; readonly inUse: number; readonly free: number }[];
    readonly excluded: number | null;
    readonly percent: number;
  } | null;
  readonly total: number;
  readonly answered: number;
  readonly silent: number;
}

export interface FindRow {
  readonly server: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly entry: EntryRow;
}
export interface FindResult {
  readonly hits: number;
  readonly asked: number;
  readonly silent: number;
  /** *No server of the list has a scope with 10.9.9.9.* */
  readonly sentence: string;
}

export interface CheckRow {
  /** Stays the same while the state goes on. */
  readonly id: string;
  readonly state: 'waiting' | 'inOrder' | 'inTheWay' | 'notKnown';
  readonly title: string;
  readonly detail: string | null;
  readonly remedy: string | null;
  /** "Leave it out". */
  readonly leaveOut: readonly string[];
}
export interface CheckResult {
  readonly inOrder: number;
  readonly inTheWay: number;
  readonly notKnown: number;
  /** *Find out why*: what was found, as a sentence. */
  readonly sentence: string | null;
  /** Relationships of `server` with that partner already, to be used again. */
  readonly existing: readonly { readonly key: string; readonly name: string; readonly text: string }[];
}

/** In a browser the page hands it on as a download; in Electron main has asked where and written it, and `savedAs` says where. */
export interface SavedFile {
  readonly name: string;
  readonly mediaType: 'text/csv;charset=utf-8' | 'application/json';
  readonly text: string;
  readonly savedAs: string | null;
}
