import { CimletError } from '../../base/errors.js';
import type { Text } from '../../base/wording.js';
import type { XmlElement } from '../../xml/tree/element.js';

/** A `f:ProviderFault` (MS-WSMV 2.2.4.43): what the provider said, and which provider it was. */
export interface ProviderFault {
  readonly provider?: string;
  readonly providerId?: string;
  /** The provider's module on the server. */
  readonly path?: string;
  /** Of the WSManFault inside it. */
  readonly wsmanCode?: number;
  /** Its name; absent for a code that we do not know. */
  readonly wsmanCodeName?: string;
  readonly machine?: string;
  readonly message?: string;
  /** What else it holds, e.g. an extended status. */
  readonly details: readonly XmlElement[];
}

/** A decoded SOAP fault. */
export interface FaultInfo {
  readonly httpStatus: number;
  /** Local name of the SOAP code: `Sender`, `Receiver`, `MustUnderstand`, … */
  readonly soapCode: string;
  /** Local name of the innermost subcode, e.g. `DestinationUnreachable`. */
  readonly soapSubcode: string | undefined;
  /** Namespace of that subcode. */
  readonly soapSubcodeNamespace?: string;
  /** Text of the fault in the language that was asked for. */
  readonly reason: string;
  /** `wsman:FaultDetail` URI. */
  readonly faultDetail: string | undefined;
  /** `Code` of the outermost WSManFault, unsigned; without one, the error instance's `error_Code` when that is one of WS-Management's. */
  readonly wsmanCode?: number;
  /** e.g. `ERROR_WSMAN_OPERATION_TIMEDOUT`; absent for a code that we do not know. */
  readonly wsmanCodeName?: string;
  readonly machine?: string;
  /** Text of the outermost WSManFault that is not in a ProviderFault. */
  readonly wsmanMessage?: string;
  readonly providerFaults: readonly ProviderFault[];
  /** The CIM error instance in the Detail: `MSFT_WmiError`, `OMI_Error`, `CIM_Error` or a class derived from it. */
  readonly errorInstance?: XmlElement;
}

/** The server answered with a fault; everything that it told is here. Code `ERR_WSMAN_FAULT`. */
export class WsManFaultError extends CimletError implements FaultInfo {
  readonly httpStatus: number;
  readonly soapCode: string;
  readonly soapSubcode: string | undefined;
  declare readonly soapSubcodeNamespace?: string;
  readonly reason: string;
  readonly faultDetail: string | undefined;
  declare readonly wsmanCode?: number;
  declare readonly wsmanCodeName?: string;
  declare readonly machine?: string;
  declare readonly wsmanMessage?: string;
  readonly providerFaults: readonly ProviderFault[];
  declare readonly errorInstance?: XmlElement;

  constructor(message: string, info: FaultInfo, options: { hint?: Text | undefined; retryable: boolean }) {
    super('ERR_WSMAN_FAULT', message, options);
    this.httpStatus = info.httpStatus;
    this.soapCode = info.soapCode;
    this.soapSubcode = info.soapSubcode;
    this.reason = info.reason;
    this.faultDetail = info.faultDetail;
    this.providerFaults = info.providerFaults;
    if (info.soapSubcodeNamespace !== undefined) this.soapSubcodeNamespace = info.soapSubcodeNamespace;
    if (info.wsmanCode !== undefined) this.wsmanCode = info.wsmanCode;
    if (info.wsmanCodeName !== undefined) this.wsmanCodeName = info.wsmanCodeName;
    if (info.machine !== undefined) this.machine = info.machine;
    if (info.wsmanMessage !== undefined) this.wsmanMessage = info.wsmanMessage;
    if (info.errorInstance !== undefined) this.errorInstance = info.errorInstance;
  }
}
