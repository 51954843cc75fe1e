/** Plans, what became of them, and what is kept of it: the part of the contract that is about changes. */
import type { EndHow, Problem } from './terms.js';

export interface Plan {
  readonly id: string;
  readonly kind: string;
  /** 0: none, undo in Activity. 1: dialog, cancel has focus. 2: dialog with a word to type. */
  readonly level: 0 | 1 | 2;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly button: string;
  /** Something goes: the button is red. */
  readonly isRed: boolean;
  readonly effects: readonly PlanEffect[];
  readonly counts: { readonly adds: number; readonly changes: number; readonly removes: number };
  /** What has to be typed; compared in the engine, not in the page. */
  readonly type: string | null;
  /** Text of a box that has to be ticked before the button works: *The DHCP service of B is off*. */
  readonly box: string | null;
  /** PowerShell, one line a server. */
  readonly line: string;
  /** What differs still afterwards, or is not known: sentences. */
  readonly stays: readonly string[];
  /** What goes is saved: `putBack` from Activity, as a `report` to read, or there is nothing to save. */
  readonly saved: 'putBack' | 'report' | 'nothing';
  /** One a relationship, where there are several, most removals first. */
  readonly relationships: readonly PlannedRelationship[];
  /** The same in the other direction, for a plan that goes from one server to another: shown beside the choice. */
  readonly otherWay: { readonly from: string; readonly to: string; readonly counts: Plan['counts'] } | null;
  /** What stands in the way: the button is off, and this sentence says why. */
  readonly blocked: Problem | null;
  /** ISO time; then the page plans again by itself. */
  readonly expiresAt: string;
}
export interface PlanEffect {
  readonly verb: 'add' | 'change' | 'remove';
  readonly server: string;
  readonly scopeId: string | null;
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}
export interface PlannedRelationship {
  readonly key: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly adds: number;
  readonly changes: number;
  readonly removes: number;
  /** It cannot be done, and is left out; null: it is done. */
  readonly problem: Problem | null;
}

/** What became of one target of a plan: a server, or a relationship of many. Comes again, with the same `key`, as it goes on. */
export interface AppliedRow {
  readonly key: string;
  readonly title: string;
  readonly state: 'waiting' | 'atWork' | 'done' | 'failed' | 'notKnown' | 'notBegun';
  readonly problem: Problem | null;
  /** Differences that are left, by a new look; null where there was none. */
  readonly differencesNow: number | null;
}
export interface ApplyResult {
  readonly activityId: string | null;
  /** *0 differences now*, *5 scopes are protected*: a sentence. */
  readonly sentence: string;
  readonly changed: Problem['changed'];
  readonly differencesNow: number | null;
  readonly canPutBack: boolean;
  /** Questions of the server that the plan did not expect; they were answered no. */
  readonly refused: readonly string[];
}

export interface ActivityRow {
  readonly id: string;
  readonly at: string;
  readonly who: string;
  /** `signIn`, or the kind of a change; `state`: a state of a pair that this console saw. */
  readonly kind: string;
  /** Keys of the pairs that it is about. */
  readonly keys: readonly string[];
  readonly what: string;
  readonly line: string | null;
  readonly how: EndHow | 'notKnown';
  readonly results: readonly {
    readonly server: string;
    readonly how: AppliedRow['state'];
    readonly what: string | null;
  }[];
  readonly effects: readonly PlanEffect[];
  readonly canPutBack: boolean;
  readonly putBackBy: string | null;
}
export interface ActivityResult {
  readonly total: number;
  readonly keptDays: number;
}
