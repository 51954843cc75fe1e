import { Deadline, type DeadlineOptions } from '../../base/deadline.js';
import { invalidArgument } from '../../base/errors.js';
import type { WsManOption } from '../../wsman/contract/wsman-client.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';

/**
 * How long one call may take: its own limit and signal, or the deadline of a larger whole, which then counts alone. A whole without a
 * limit of time only ends the call early: the session's own limit for one operation applies within it. `operationTimeoutMs` goes with all of these.
 */
export interface CimOperationOptions extends DeadlineOptions {
  readonly deadline?: Deadline | undefined;
  /**
   * Milliseconds that the server may keep the caller waiting: for the result of an operation that has one, for each item of an iteration
   * (however long the caller works on it), for the answer to a subscription. What the caller takes to answer a question of the server does
   * not count. MMI's CimOperationOptions.Timeout. Default: the session's.
   */
  readonly operationTimeoutMs?: number | undefined;
}

/** The deadline of an operation with one result, when that of the whole is not it. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function ownDeadline(options: CimOperationOptions, sessionTimeoutMs: number): Deadline | undefined {
  const { deadline: whole, signal, operationTimeoutMs } = options;
  checkOperationTimeout(operationTimeoutMs);
  if (whole !== undefined && operationTimeoutMs === undefined && Number.isFinite(whole.remainingMs)) return undefined;
  const timeoutMs = options.timeoutMs ?? operationTimeoutMs ?? sessionTimeoutMs;
  return new Deadline({ timeoutMs: Math.min(timeoutMs, operationTimeoutMs ?? timeoutMs), signal, within: whole });
}

export function checkOperationTimeout(operationTimeoutMs: number | undefined): void {
  if (operationTimeoutMs === undefined || operationTimeoutMs > 0) return;
  throw invalidArgument('operationTimeoutMs', operationTimeoutMs, 'Give a number of milliseconds above zero.');
}

/** What every operation on a class or an instance takes. MMI's CimOperationOptions. */
export interface CimRequestOptions extends CimOperationOptions {
  /** Replaces the resource URI of the class; for a provider that has one of its own. */
  readonly resourceUri?: string | undefined;
  /** Options as they are sent, beside `msftwinrm:UsePreciseArrays`. */
  readonly operationOptions?: readonly WsManOption[] | undefined;
  /** Options for the provider, by name: `wmi:NAME` on the wire (MMI's SetCustomOption). */
  readonly customOptions?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/**
 * Where the types of properties come from. `class` (the default): from the class, fetched once a session, beside the first request.
 * `wire`: from what the values themselves say (`xsi:type`), else they are text; nothing is fetched.
 */
export type CimTypeInformation = 'class' | 'wire';

/** How instances that come back are read. */
export interface CimReadOptions {
  /** Declarations of their classes, from a schema; then no class is fetched. */
  readonly classes?: readonly CimClassDeclaration[] | undefined;
  /** Default `class`. */
  readonly typeInformation?: CimTypeInformation | undefined;
}
