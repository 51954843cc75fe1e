import { inspect } from 'node:util';
import { keepWording, type Text } from '../../base/wording.js';
import type { ErrorCategory } from '../../cim/error/error-category.js';
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

  toJSON(): Record<string, unknown> {
    const { code, hint } = this.exception as { readonly code?: unknown; readonly hint?: unknown };
    return {
      message: this.message,
      fullyQualifiedErrorId: this.fullyQualifiedErrorId,
      categoryInfo: this.categoryInfo,
      ...(code === undefined ? {} : { code }),
      ...(hint === undefined ? {} : { hint }),
      ...(this.errorData === undefined ? {} : { errorData: this.errorData }),
      ...(this.PSComputerName === undefined ? {} : { PSComputerName: this.PSComputerName }),
    };
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
