import { inspect } from 'node:util';
import { notJsonOf } from '../../base/errors.js';
import { type ErrorJson, errorJson, JsonFields } from '../../base/text/error-json.js';
import { keepWording, type Text } from '../../base/wording.js';
import { CimException } from '../../cim/error/cim-exception.js';
import { type ErrorCategory, errorCategoryOf } from '../../cim/error/error-category.js';
import { errorInstanceOf } from '../../cim/error/error-classes.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';

/** PowerShell's CategoryInfo. */
export interface ErrorCategoryInfo {
  readonly category: ErrorCategory;
  /** The cmdlet. */
  readonly activity: string;
  /** Type of the exception, such as `CimException`. */
  readonly reason: string;
  readonly targetName: string;
  readonly targetType: string;
}

export interface ErrorRecordInit {
  readonly message: Text;
  readonly fullyQualifiedErrorId: string;
  readonly categoryInfo: ErrorCategoryInfo;
  readonly exception: Error;
  readonly errorData?: CimInstance | undefined;
  readonly PSComputerName?: string | undefined;
}

/** An ErrorRecord as JSON has it: `code` and `hint` are its exception's, `errorData` the properties of the error instance. */
export interface ErrorRecordJson {
  readonly message: string;
  readonly fullyQualifiedErrorId: string;
  readonly categoryInfo: ErrorCategoryInfo;
  readonly code?: string;
  readonly hint?: string;
  readonly retryable?: boolean;
  readonly errorData?: Readonly<Record<string, unknown>>;
  readonly PSComputerName?: string;
  readonly exception: ErrorJson;
}

const LONGEST_TARGET = 40;
const SHORTENED_END = 15;

/** What went wrong at one target: PowerShell's ErrorRecord. It holds no secret. */
export class ErrorRecord {
  readonly message: string;
  /** `DHCP 20114,Add-DhcpServerv4Failover`: the error's id and the cmdlet. Branch on this, not on the message. */
  readonly fullyQualifiedErrorId: string;
  readonly categoryInfo: ErrorCategoryInfo;
  /** The cause: a CimException, or another error of the library. */
  readonly exception: Error;
  /** The CIM error instance, when the server sent one. */
  readonly errorData: CimInstance | undefined;
  readonly PSComputerName: string | undefined;

  constructor(init: ErrorRecordInit) {
    this.message = String(init.message);
    this.fullyQualifiedErrorId = init.fullyQualifiedErrorId;
    this.categoryInfo = init.categoryInfo;
    this.exception = init.exception;
    this.errorData = init.errorData;
    this.PSComputerName = init.PSComputerName;
    keepWording(this, init);
  }

  /** PowerShell's layout: the cmdlet and message, then CategoryInfo, FullyQualifiedErrorId and PSComputerName. */
  toString(): string {
    const { category, activity, reason } = this.categoryInfo;
    const lines = [
      `${activity} : ${this.message}`,
      `    + CategoryInfo          : ${category}: (${this.#target()}) [${activity}], ${reason}`,
      `    + FullyQualifiedErrorId : ${this.fullyQualifiedErrorId}`,
    ];
    if (this.PSComputerName !== undefined) lines.push(`    + PSComputerName        : ${this.PSComputerName}`);
    return lines.join('\n');
  }

  toJSON(): ErrorRecordJson {
    const exception: ErrorJson & { readonly hint?: string; readonly retryable?: boolean } = errorJson(this.exception);
    const { code, hint, retryable } = exception;
    return {
      message: this.message,
      fullyQualifiedErrorId: this.fullyQualifiedErrorId,
      categoryInfo: this.categoryInfo,
      ...(code === undefined ? {} : { code }),
      ...(hint === undefined ? {} : { hint }),
      ...(retryable === undefined ? {} : { retryable }),
      ...(this.errorData === undefined ? {} : { errorData: this.errorData.toJSON() }),
      ...(this.PSComputerName === undefined ? {} : { PSComputerName: this.PSComputerName }),
      exception,
    };
  }

  /**
   * A record out of what `toJSON` gave, in this process or another one.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for what is not such a form.
   */
  static fromJSON(json: unknown): ErrorRecord {
    const fields = new JsonFields(json);
    const [message, fullyQualifiedErrorId] = [fields.text('message'), fields.text('fullyQualifiedErrorId')];
    const exception = fields.error('exception');
    if (message === undefined || fullyQualifiedErrorId === undefined || exception === undefined) {
      throw notJsonOf('ErrorRecord', json);
    }
    const category = new JsonFields(fields.object('categoryInfo'));
    const errorData = fields.object('errorData');
    return new ErrorRecord({
      message,
      fullyQualifiedErrorId,
      categoryInfo: {
        category: errorCategoryOf(category.text('category')) ?? 'NotSpecified',
        activity: category.text('activity') ?? '',
        reason: category.text('reason') ?? '',
        targetName: category.text('targetName') ?? '',
        targetType: category.text('targetType') ?? '',
      },
      exception,
      errorData: errorDataOf(exception) ?? (errorData && errorInstanceOf(errorData)),
      PSComputerName: fields.text('PSComputerName'),
    });
  }

  [inspect.custom](): string {
    return `ErrorRecord ${this.toString()}`;
  }

  #target(): string {
    const { targetName, targetType } = this.categoryInfo;
    return `${shorten(targetName)}:${shorten(targetType)}`;
  }
}

/** Long names are cut in their middle, as PowerShell's console does: `root/Microsoft/...erverv4Failover`. */
function shorten(text: string): string {
  return text.length <= LONGEST_TARGET ? text : `${text.slice(0, SHORTENED_END)}...${text.slice(-SHORTENED_END)}`;
}

/** The exception's, so that both hold the same instance. */
function errorDataOf(exception: Error): CimInstance | undefined {
  return exception instanceof CimException ? exception.errorData : undefined;
}
