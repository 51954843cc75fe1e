import { baseJson, CimletError, type CimletErrorJson, optionsOf } from '../../base/errors.js';
import { causeJson, JsonFields, registerErrorClass } from '../../base/text/error-json.js';
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

/** A WsManFaultError as JSON has it: all but the elements of the fault that are not decoded. */
export interface WsManFaultErrorJson extends CimletErrorJson, Omit<FaultInfo, 'providerFaults' | 'errorInstance'> {
  readonly providerFaults: readonly Omit<ProviderFault, 'details'>[];
}

/** The server answered with a fault; everything that it told is here. Code `ERR_WSMAN_FAULT`. */
export class WsManFaultError extends CimletError implements FaultInfo {
  declare readonly code: 'ERR_WSMAN_FAULT';
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

  constructor(
    message: string,
    info: FaultInfo,
    options: { hint?: Text | undefined; retryable: boolean; cause?: unknown },
  ) {
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
  override toJSON(): WsManFaultErrorJson {
    const { httpStatus, soapCode, soapSubcode, reason, faultDetail } = this;
    const { soapSubcodeNamespace, wsmanCode, wsmanCodeName, machine, wsmanMessage } = this;
    return {
      ...baseJson(this),
      httpStatus,
      soapCode,
      soapSubcode,
      ...(soapSubcodeNamespace === undefined ? {} : { soapSubcodeNamespace }),
      reason,
      faultDetail,
      ...(wsmanCode === undefined ? {} : { wsmanCode }),
      ...(wsmanCodeName === undefined ? {} : { wsmanCodeName }),
      ...(machine === undefined ? {} : { machine }),
      ...(wsmanMessage === undefined ? {} : { wsmanMessage }),
      providerFaults: this.providerFaults.map(({ details, ...rest }) => rest),
      ...causeJson(this.cause),
    };
  }
}

registerErrorClass('WsManFaultError', (fields) => {
  const info: FaultInfo = {
    httpStatus: fields.number('httpStatus') ?? 0,
    soapCode: fields.text('soapCode') ?? '',
    soapSubcode: fields.text('soapSubcode'),
    reason: fields.text('reason') ?? '',
    faultDetail: fields.text('faultDetail'),
    providerFaults: fields.list('providerFaults').map(providerFaultOf),
    ...given(fields, 'soapSubcodeNamespace', 'wsmanCodeName', 'machine', 'wsmanMessage'),
    ...givenCode(fields),
  };
  const { hint, cause } = optionsOf(fields);
  return new WsManFaultError(fields.text('message') ?? '', info, { hint, retryable: fields.flag('retryable'), cause });
});

function providerFaultOf(json: unknown): ProviderFault {
  const fields = new JsonFields(json);
  const texts = given(fields, 'provider', 'providerId', 'path', 'wsmanCodeName', 'machine', 'message');
  return { ...texts, ...givenCode(fields), details: [] };
}

function given<K extends string>(fields: JsonFields, ...names: readonly K[]): Partial<Record<K, string>> {
  const texts: Partial<Record<K, string>> = {};
  for (const name of names) {
    const text = fields.text(name);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

function givenCode(fields: JsonFields): { readonly wsmanCode?: number } {
  const wsmanCode = fields.number('wsmanCode');
  return wsmanCode === undefined ? {} : { wsmanCode };
}
