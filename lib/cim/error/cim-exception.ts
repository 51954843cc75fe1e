import { baseJson, CimletError, type CimletErrorJson, notJsonOf, optionsOf } from '../../base/errors.js';
import { causeJson, registerErrorClass, reviveError } from '../../base/text/error-json.js';
import { type Text, wording, wordingOf } from '../../base/wording.js';
import type { WsManFaultError } from '../../wsman/contract/fault-error.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { classLookup } from '../codec/read-context.js';
import { readInstance } from '../codec/read-instance.js';
import type { CimInstance } from '../instance/cim-instance.js';
import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import { type ErrorCategory, errorCategoryOf, errorCategoryOfNativeCode } from './error-category.js';
import { errorClasses, errorInstanceOf } from './error-classes.js';
import {
  NATIVE_ERROR_CODES,
  type NativeErrorCode,
  nativeErrorCodeOf,
  nativeErrorCodeOfFault,
} from './native-error-code.js';
import { providerAdvice } from './provider-advice.js';
import { quotaOf } from './quota-codes.js';
import { type Delegation, secondHopHint } from './second-hop.js';

export interface CimExceptionDetails {
  readonly nativeErrorCode: NativeErrorCode;
  readonly messageId?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly errorCategory?: ErrorCategory | undefined;
  readonly errorData?: CimInstance | undefined;
  readonly wsmanCode?: number | undefined;
  readonly computerName?: string | undefined;
  readonly hint?: Text | undefined;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** What a session's operation throws when its server answered with a fault, and the fault. */
export type OperationFailure = CimException | WsManFaultError;

/** A CimException as JSON has it; the error instance is its properties. */
export interface CimExceptionJson extends CimletErrorJson {
  readonly nativeErrorCode: NativeErrorCode;
  readonly messageId?: string;
  readonly statusCode: number;
  readonly errorCategory: ErrorCategory;
  readonly errorData?: Readonly<Record<string, unknown>>;
  readonly wsmanCode?: number;
  readonly computerName?: string;
}

/**
 * An operation failed on the server: MMI's CimException. Code `ERR_CIM` when the server sent a CIM error instance (`errorData`), else
 * `ERR_WSMAN_FAULT`. The fault as it came is the `cause`.
 */
export class CimException extends CimletError {
  declare readonly code: 'ERR_CIM' | 'ERR_WSMAN_FAULT';
  /**
   * CIM_Error.MessageID, PowerShell's error id: `DHCP 20114`. Without an error instance, as MI's client makes it from the fault's code:
   * `HRESULT 0x80338029`; undefined when there is neither.
   */
  readonly messageId: string | undefined;
  /** MI's name for what went wrong. */
  readonly nativeErrorCode: NativeErrorCode;
  /** CIM_Error.CIMStatusCode, else the value of the native code. */
  readonly statusCode: number;
  /** What PowerShell prints in CategoryInfo. */
  readonly errorCategory: ErrorCategory;
  /** The error instance: `MSFT_WmiError` from Windows, `OMI_Error` from OMI, `CIM_Error` or a class derived from it elsewhere. */
  readonly errorData: CimInstance | undefined;
  /** Code of the WSManFault, unsigned. */
  readonly wsmanCode: number | undefined;
  /** The computer whose server reported it, as its session names it. The message is the server's own, and need not. */
  readonly computerName: string | undefined;

  constructor(message: Text, details: CimExceptionDetails) {
    super(details.errorData === undefined ? 'ERR_WSMAN_FAULT' : 'ERR_CIM', message, details);
    this.nativeErrorCode = details.nativeErrorCode;
    this.messageId = details.messageId;
    this.statusCode = details.statusCode ?? NATIVE_ERROR_CODES[details.nativeErrorCode];
    this.errorCategory = details.errorCategory ?? errorCategoryOfNativeCode(details.nativeErrorCode);
    this.errorData = details.errorData;
    this.wsmanCode = details.wsmanCode;
    this.computerName = details.computerName;
  }

  /** CIM_Error.ErrorSource, PowerShell's target name. */
  get errorSource(): string | undefined {
    return textOf(this.errorData, 'ErrorSource');
  }

  /** CIM_Error.ErrorType, the kind of failure that DMTF's schema numbers; 0 where the server does not tell. */
  get errorType(): number {
    return numberOf(this.errorData?.cimInstanceProperties.get('ErrorType')?.value) ?? 0;
  }

  /** The name of the server's quota that is used up, after which the same may be asked again later; undefined for every other failure. */
  get quotaName(): string | undefined {
    const code = this.wsmanCode ?? this.errorData?.cimInstanceProperties.get('error_Code')?.value;
    return typeof code === 'number' ? quotaOf(code) : undefined;
  }

  /** The same failure, with this to do about it beside what its hint says already. */
  withHint(hint: string): CimException {
    const { message, hint: before } = wordingOf(this);
    const both = before === undefined ? hint : wording`${before} ${hint}`;
    return new CimException(message, { ...this, hint: both, cause: this.cause });
  }

  override toJSON(): CimExceptionJson {
    const { nativeErrorCode, messageId, statusCode, errorCategory, errorData, wsmanCode, computerName } = this;
    return {
      ...baseJson(this),
      nativeErrorCode,
      ...(messageId === undefined ? {} : { messageId }),
      statusCode,
      errorCategory,
      ...(errorData === undefined ? {} : { errorData: errorData.toJSON() }),
      ...(wsmanCode === undefined ? {} : { wsmanCode }),
      ...(computerName === undefined ? {} : { computerName }),
      ...causeJson(this.cause),
    };
  }

  static override fromJSON(json: unknown): CimException {
    const error = reviveError(json);
    if (error instanceof CimException) return error;
    throw notJsonOf('CimException', json);
  }

  /** @internal The exception for a fault; `origin` is where the error instance says it comes from, `delegation` what the session is known to do. */
  static fromFault(
    fault: WsManFaultError,
    origin?: CimInstanceOrigin,
    delegation: Delegation = 'unknown',
  ): CimException {
    const { retryable, wsmanCode } = fault;
    const { message, hint } = wordingOf(fault);
    const common = { hint, retryable, wsmanCode, computerName: computerOf(origin), cause: fault };
    const errorData = readErrorInstance(fault, origin);
    if (errorData === undefined) {
      return new CimException(message, {
        ...common,
        nativeErrorCode: nativeErrorCodeOfFault(fault),
        messageId: wsmanCode === undefined ? undefined : `HRESULT ${hresult(wsmanCode)}`,
      });
    }
    const ownMessage = textOf(errorData, 'Message') || message;
    return new CimException(ownMessage, {
      ...common,
      hint: providerAdvice(errorData, String(ownMessage), secondHopHint(fault, errorData, delegation), hint),
      nativeErrorCode: nativeErrorCodeOfFault(fault),
      ...detailsOf(errorData),
    });
  }

  /** @internal The exception for an error instance that came by itself: an error that did not end its operation (MS-WSMV 3.2.7.6). */
  static fromErrorInstance(element: XmlElement, origin?: CimInstanceOrigin): CimException {
    const errorData = readErrorElement(element, origin);
    const common = { nativeErrorCode: 'Failed', computerName: computerOf(origin) } as const;
    if (errorData === undefined) return new CimException('The server reports an error.', common);
    const message = textOf(errorData, 'Message') || 'The server reports an error.';
    return new CimException(message, {
      ...common,
      hint: providerAdvice(errorData, message, undefined, undefined),
      ...detailsOf(errorData),
    });
  }
}

registerErrorClass('CimException', (fields) => {
  const native = fields.text('nativeErrorCode') ?? '';
  const errorData = fields.object('errorData');
  return new CimException(fields.text('message') ?? '', {
    ...optionsOf(fields),
    nativeErrorCode: isNativeErrorCode(native) ? native : 'Failed',
    messageId: fields.text('messageId'),
    statusCode: fields.number('statusCode'),
    errorCategory: errorCategoryOf(fields.text('errorCategory')),
    errorData: errorData && errorInstanceOf(errorData),
    wsmanCode: fields.number('wsmanCode'),
    computerName: fields.text('computerName'),
  });
});

function isNativeErrorCode(name: string): name is NativeErrorCode {
  return Object.hasOwn(NATIVE_ERROR_CODES, name);
}

function computerOf(origin: CimInstanceOrigin | undefined): string | undefined {
  return origin?.computerName ?? origin?.session?.computerName;
}

/** What the properties of CIM_Error say; a code that they do not say is not there. */
function detailsOf(
  errorData: CimInstance,
): Omit<CimExceptionDetails, 'nativeErrorCode'> & Partial<CimExceptionDetails> {
  const properties = errorData.cimInstanceProperties;
  const status = numberOf(properties.get('CIMStatusCode')?.value);
  const category = properties.get('error_Category')?.value ?? properties.get('OMI_Category')?.value;
  const known = errorCategoryOf(category);
  return {
    ...(status === undefined ? {} : { nativeErrorCode: nativeErrorCodeOf(status) ?? 'Failed' }),
    messageId: textOf(errorData, 'MessageID') || undefined,
    statusCode: status,
    // PowerShell asks the native code when the instance says NotSpecified.
    errorCategory: known === 'NotSpecified' ? undefined : known,
    errorData,
  };
}

function readErrorInstance(fault: WsManFaultError, origin: CimInstanceOrigin | undefined): CimInstance | undefined {
  return fault.errorInstance && readErrorElement(fault.errorInstance, origin);
}

function readErrorElement(element: XmlElement, origin: CimInstanceOrigin | undefined): CimInstance | undefined {
  const context = { namespace: 'root/cimv2', origin };
  try {
    return readInstance(element, { ...context, classes: classLookup(errorClasses) });
  } catch (error) {
    // One property that is not what CIM_Error declares must not hide the error; then each is read as what it says it is.
    if (!(error instanceof CimletError)) throw error;
  }
  try {
    return readInstance(element, context);
  } catch (error) {
    if (error instanceof CimletError) return undefined;
    throw error;
  }
}

function textOf(instance: CimInstance | undefined, name: string): string | undefined {
  const value = instance?.cimInstanceProperties.get(name)?.value;
  return typeof value === 'string' ? value.trim() : undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,10}$/.test(value.trim()) ? Number(value) : undefined;
}

/** A Win32 code becomes an HRESULT, as HRESULT_FROM_WIN32 makes it. */
function hresult(code: number): string {
  const value = code > 0 && code <= 0xffff ? 0x80070000 + code : code >>> 0;
  return `0x${value.toString(16).padStart(8, '0')}`;
}
