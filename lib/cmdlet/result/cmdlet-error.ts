import { baseJson, type CimletErrorJson, type CimletErrorProperties, headStack, notJsonOf } from '../../base/errors.js';
import { causeJson, registerErrorClass, reviveError } from '../../base/text/error-json.js';
import { ErrorRecord, type ErrorRecordJson } from '../contract/error-record.js';

/** The targets failed, or what stopped the whole call. */
export type CmdletErrorCode = 'ERR_CMDLET' | 'ERR_TIMEOUT' | 'ERR_ABORTED' | 'ERR_CONFIRMATION_REQUIRED';

/** A CmdletError as JSON has it. What other targets returned is not part of it. */
export interface CmdletErrorJson extends Omit<CimletErrorJson, 'errors'> {
  readonly code: CmdletErrorCode;
  readonly errors: readonly ErrorRecordJson[];
  readonly skipped: readonly string[];
}

export interface CmdletErrorInit<T> {
  readonly cmdlet: string;
  readonly errors: readonly ErrorRecord[];
  readonly output: readonly T[];
  readonly skipped: readonly string[];
  /** What stopped the whole call: its time-out, its caller's abort, a host that failed. */
  readonly cause?: unknown;
  /** Default: made of the records. */
  readonly message?: string;
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
  readonly code: CmdletErrorCode;
  readonly retryable: boolean;
  declare readonly hint?: string;

  constructor(init: CmdletErrorInit<T>) {
    super(
      [...init.errors],
      init.message ?? messageOf(init),
      init.cause === undefined ? undefined : { cause: init.cause },
    );
    this.code = stopCode(init.cause) ?? 'ERR_CMDLET';
    this.skipped = init.skipped;
    Object.defineProperty(this, 'output', { value: init.output, enumerable: false });
    const exceptions = init.errors.map((record) => record.exception as Partial<CimletErrorProperties>);
    this.retryable = exceptions.length > 0 && exceptions.every((exception) => exception.retryable === true);
    const hint =
      exceptions.find((exception) => exception.hint !== undefined)?.hint ??
      (init.cause as Partial<CimletErrorProperties>)?.hint;
    if (hint !== undefined) this.hint = hint;
    headStack(this);
  }

  /** All that it says, record by record, for another process: {@link CmdletError.fromJSON} makes it again. Nothing secret, and no output. */
  toJSON(): CmdletErrorJson {
    const { code, errors, skipped } = this;
    return {
      ...baseJson(this),
      code,
      errors: errors.map((record) => record.toJSON()),
      skipped,
      ...causeJson(this.cause),
    };
  }

  /**
   * An error out of what `toJSON` gave, in this process or another one. Its `output` is empty.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for what is not such a form.
   */
  static fromJSON(json: unknown): CmdletError {
    const error = reviveError(json);
    if (error instanceof CmdletError) return error;
    throw notJsonOf('CmdletError', json);
  }
}

registerErrorClass('CmdletError', (fields) => {
  return new CmdletError({
    cmdlet: '',
    message: fields.text('message') ?? '',
    errors: fields.list('errors').map((record) => ErrorRecord.fromJSON(record)),
    output: [],
    skipped: fields.texts('skipped'),
    cause: fields.error('cause'),
  });
});

function stopCode(cause: unknown): CmdletErrorCode | undefined {
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
