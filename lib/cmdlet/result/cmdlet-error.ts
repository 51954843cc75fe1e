import type { CimletErrorCode, CimletErrorProperties } from '../../base/errors.js';
import type { ErrorRecord } from '../contract/error-record.js';

export interface CmdletErrorInit<T> {
  readonly cmdlet: string;
  readonly errors: readonly ErrorRecord[];
  readonly output: readonly T[];
  readonly skipped: readonly string[];
  /** What stopped the whole call: its time-out, its caller's abort, a host that failed. */
  readonly cause?: unknown;
}

const SHOWN = 5;

/**
 * Some targets of a cmdlet failed, or the call was stopped. It holds all that there is: the output of the targets that worked,
 * a record for each that failed, the names of those that were never tried.
 * `code` is `ERR_CMDLET`; `ERR_TIMEOUT` or `ERR_ABORTED` when that ended the call.
 */
export class CmdletError<T = unknown> extends AggregateError implements CimletErrorProperties {
  override readonly name = 'CmdletError';
  declare readonly errors: ErrorRecord[];
  /** What the other targets returned; empty when the results were iterated, since they have all been handed over. */
  declare readonly output: readonly T[];
  /** Computers that were not tried: the call had been stopped, or their session had broken before. */
  readonly skipped: readonly string[];
  readonly code: CimletErrorCode;
  readonly retryable: boolean;
  declare readonly hint?: string;

  constructor(init: CmdletErrorInit<T>) {
    super([...init.errors], messageOf(init), init.cause === undefined ? undefined : { cause: init.cause });
    this.code = stopCode(init.cause) ?? 'ERR_CMDLET';
    this.skipped = init.skipped;
    Object.defineProperty(this, 'output', { value: init.output, enumerable: false });
    const exceptions = init.errors.map((record) => record.exception as Partial<CimletErrorProperties>);
    this.retryable = exceptions.length > 0 && exceptions.every((exception) => exception.retryable === true);
    const hint =
      exceptions.find((exception) => exception.hint !== undefined)?.hint ??
      (init.cause as Partial<CimletErrorProperties>)?.hint;
    if (hint !== undefined) this.hint = hint;
  }
}

function stopCode(cause: unknown): CimletErrorCode | undefined {
  const code = (cause as Partial<CimletErrorProperties> | undefined)?.code;
  return code === 'ERR_TIMEOUT' || code === 'ERR_ABORTED' || code === 'ERR_CONFIRMATION_REQUIRED' ? code : undefined;
}

function messageOf(init: CmdletErrorInit<unknown>): string {
  const { cmdlet, errors, skipped, cause } = init;
  const stop = cause instanceof Error ? [`${cmdlet} was stopped: ${cause.message}`] : [];
  const records = errors.slice(0, SHOWN).map((record) => {
    const where =
      record.PSComputerName === undefined || record.message.includes(record.PSComputerName)
        ? ''
        : `${record.PSComputerName}: `;
    return `${where}${record.message} (${record.fullyQualifiedErrorId})`;
  });
  const count = errors.length > 1 ? [`${cmdlet} failed ${errors.length} times.`] : [];
  const more = errors.length > SHOWN ? [`… and ${errors.length - SHOWN} more.`] : [];
  const untried = skipped.length > 0 ? [`Not tried: ${skipped.length} (${summary(skipped)}).`] : [];
  return [...stop, ...count, ...records, ...more, ...untried].join('\n');
}

function summary(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  return distinct.length > SHOWN ? `${distinct.slice(0, SHOWN).join(', ')}, …` : distinct.join(', ');
}
