import type { ItemKind, PlainValue } from '../model/configuration-item.js';
import type { NotKnown, PairComparison, PairDifference } from '../model/difference.js';
import type { PairProblem } from '../model/pair-problem.js';
import type { SavedConfiguration } from './saved-configuration.js';

/** One thing that a plan does to one server, which a reader can check by itself. */
export interface PlanEffect {
  readonly verb: 'add' | 'change' | 'remove';
  readonly server: string;
  readonly kind: ItemKind | 'relationship';
  readonly scopeId: string | null;
  /** `reservation 10.1.0.52`. */
  readonly what: string;
  /** What is there now, property by property; null where there is nothing. Of a change only what changes. */
  readonly from: Readonly<Record<string, PlainValue>> | null;
  /** What will be there. */
  readonly to: Readonly<Record<string, PlainValue>> | null;
}

/** A plan in words and data: plain, so that a process without the plan can show it. */
export interface PlanDescription {
  /** Of this plan alone. */
  readonly id: string;
  readonly kind: 'replicate' | 'remove' | 'takeOut' | 'keep' | 'putBack';
  readonly madeAt: string;
  /** A question: `Replicate dhcp-a to dhcp-b?` */
  readonly title: string;
  readonly sentences: readonly string[];
  /** What a button or a prompt says; verb and object. */
  readonly button: string;
  readonly effects: readonly PlanEffect[];
  readonly adds: number;
  readonly changes: number;
  readonly removes: number;
  /** What differs and will differ afterwards. */
  readonly remains: readonly PairDifference[];
  /** What was not read, so that nobody knows what becomes of it. */
  readonly notKnown: readonly NotKnown[];
  readonly notCompared: readonly string[];
  /** What has to be typed before it may be applied, where much goes or something is not known; else null. */
  readonly type: string | null;
  /** The calls as lines of PowerShell. */
  readonly lines: readonly string[];
  /** What goes, for {@link planPutBack}. */
  readonly saved: SavedConfiguration;
}

/** What came of a plan. */
export interface PlanOutcome {
  /** `partly`: some of its calls failed. `failed`: all of them. */
  readonly how: 'done' | 'partly' | 'failed';
  /** What happened to the servers, by what they say now. */
  readonly changed: 'nothing' | 'something' | 'notKnown';
  readonly problems: readonly PairProblem[];
  /** Questions that the plan did not expect, and that were answered no. */
  readonly refused: readonly string[];
  /** The servers read again and compared; null for what was put back on one server. */
  readonly after: PairComparison | null;
  readonly saved: SavedConfiguration;
}

/** What of a plan is under way. */
export interface PlanProgress {
  /** The servers are read again: before anything is sent, and behind it. */
  readonly phase: 'checking' | 'applying' | 'looking';
  readonly server: string;
  readonly done: number;
  readonly total: number;
}
