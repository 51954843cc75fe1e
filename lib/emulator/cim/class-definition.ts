import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import type { LabFaultKind } from '../request/lab-fault.js';
import type { Caller } from '../request/request-handler.js';
import type { ProviderOperation } from './provider-operation.js';

/** Whose request a provider works for. */
export interface RequestScope {
  readonly caller: Caller;
  /** The injected faults that hit the request. */
  readonly faults: readonly LabFaultKind[];
}

/** Where the instances of one class come from. What is missing the class cannot do. */
export interface InstanceSource {
  /** The instances of exactly this class, in the order in which they are given out. */
  instances(scope: RequestScope): Iterable<CimInstance> | AsyncIterable<CimInstance>;
  /** The instance with this key (`instanceKey`), where that is quicker than to look at all. */
  find?(key: string): CimInstance | undefined;
  /** Keeps a new instance, whose keys are complete and unknown. */
  create?(instance: CimInstance, scope: RequestScope): void;
  /** Keeps an instance in place of the one with the same keys. */
  replace?(instance: CimInstance, scope: RequestScope): void;
  delete?(instance: CimInstance, scope: RequestScope): void;
}

export interface MethodCall {
  /** As given: an absent one absent, a nil one null. Null prototype. */
  readonly parameters: Readonly<Record<string, CimValue>>;
  /** Of a method that is not static. */
  readonly instance: CimInstance | undefined;
  readonly operation: ProviderOperation;
  readonly scope: RequestScope;
}

export interface MethodResult {
  readonly returnValue?: CimValue;
  /** Beside those that were given to `operation.output`. */
  readonly outParameters?: Readonly<Record<string, CimValue>>;
}

/** Throws a ProviderError or a RequestFault when the method as a whole fails. */
export type MethodImplementation = (call: MethodCall) => MethodResult | Promise<MethodResult>;

/** A class of the emulator. */
export interface ClassDefinition {
  /** With all that it inherits. */
  readonly declaration: CimClassDeclaration;
  readonly abstract?: boolean;
  readonly association?: boolean;
  readonly indication?: boolean;
  /** Values that a new instance starts with. */
  readonly defaults?: Readonly<Record<string, CimValue>>;
  readonly source?: InstanceSource;
  /** By name as declared. */
  readonly methods?: Readonly<Record<string, MethodImplementation>>;
}
