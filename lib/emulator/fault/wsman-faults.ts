import { FIRST_WSMAN_CODE, wsmanCodeNames } from '../../wsman/fault/wsman-code-names.js';
import { FAULT_DETAIL, type SoapFault } from '../../wsman/service/soap-fault.js';
import type { ProviderError } from './provider-error.js';
import { wmiErrorOf, writeWmiError } from './wmi-error.js';

/** The code of a WS-Management error by its name in wsmerror.h, without `ERROR_`. */
export function wsmanCode(name: string): number {
  const index = wsmanCodeNames.indexOf(name);
  if (index < 0) throw new Error(`There is no WS-Management error ${name}.`);
  return FIRST_WSMAN_CODE + index;
}

/** Faults of the service as Windows words their codes; the reasons are ours. */
export const serviceFaults = {
  accessDenied: (): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:AccessDenied',
    reason: 'Access is denied.',
    wsmanCode: 5,
  }),
  resourceNotFound: (uri: string): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsa:DestinationUnreachable',
    reason: `The service cannot find the resource ${uri}.`,
    faultDetail: `${FAULT_DETAIL}/InvalidResourceURI`,
    wsmanCode: wsmanCode('WSMAN_INVALID_RESOURCE_URI'),
  }),
  unexpectedSelectors: (names: readonly string[]): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:InvalidSelectors',
    reason: `The service cannot process the request: it does not expect the selectors ${names.join(', ')}.`,
    faultDetail: `${FAULT_DETAIL}/UnexpectedSelectors`,
    wsmanCode: wsmanCode('WSMAN_UNEXPECTED_SELECTORS'),
  }),
  actionNotSupported: (action: string): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsa:ActionNotSupported',
    reason: `The service does not support the action ${action}.`,
    wsmanCode: wsmanCode('WSMAN_ACTION_NOT_SUPPORTED'),
  }),
  /** DSP0226 7.7: no access to that part of a resource, or to parts of it at all. */
  noFragment: (
    code:
      | 'WSMAN_FRAGMENT_TRANSFER_NOT_SUPPORTED'
      | 'WSMAN_FRAGMENT_DIALECT_REQUESTED_UNAVAILABLE'
      | 'WSMAN_INVALID_FRAGMENT_PATH',
    why: string,
  ): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:UnsupportedFeature',
    reason: `The service cannot process the request: it does not support fragment transfer ${why}.`,
    faultDetail: `${FAULT_DETAIL}/FragmentLevelAccess`,
    wsmanCode: wsmanCode(code),
  }),
  timedOut: (): SoapFault => ({
    soapCode: 'Receiver',
    soapSubcode: 'wsman:TimedOut',
    reason: 'The service cannot complete the operation within the time given in OperationTimeout.',
    wsmanCode: wsmanCode('WSMAN_OPERATION_TIMEDOUT'),
  }),
  requestTooLarge: (limit: number): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:EncodingLimit',
    reason: `The request is larger than the ${limit} bytes that the service takes.`,
    faultDetail: `${FAULT_DETAIL}/ServiceEnvelopeLimit`,
    wsmanCode: wsmanCode('WSMAN_SERVER_ENVELOPE_LIMIT'),
  }),
  envelopeTooSmall: (least: number): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:EncodingLimit',
    reason: `MaxEnvelopeSize is below ${least} bytes, too little for a reply.`,
    faultDetail: `${FAULT_DETAIL}/MinimumEnvelopeLimit`,
    wsmanCode: wsmanCode('WSMAN_MAX_ENVELOPE_SIZE'),
  }),
  replyTooLarge: (size: number): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:EncodingLimit',
    reason: `The reply has ${size} bytes, more than the request's MaxEnvelopeSize.`,
    faultDetail: `${FAULT_DETAIL}/MaxEnvelopeSizeExceeded`,
    wsmanCode: wsmanCode('WSMAN_MAX_ENVELOPE_SIZE_EXCEEDED'),
  }),
  internalError: (why: string): SoapFault => ({
    soapCode: 'Receiver',
    soapSubcode: 'wsman:InternalError',
    reason: `The emulator failed: ${why}`,
  }),
  invalidSelectors: (
    detail: 'UnexpectedSelectors' | 'InsufficientSelectors' | 'InvalidValue',
    names: string,
  ): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:InvalidSelectors',
    reason: `The service cannot process the request: its selectors are not those of an instance of the class (${names}).`,
    faultDetail: `${FAULT_DETAIL}/${detail}`,
    wsmanCode: wsmanCode('WSMAN_INVALID_SELECTORS'),
  }),
  invalidContext: (): SoapFault => ({
    soapCode: 'Receiver',
    soapSubcode: 'wsen:InvalidEnumerationContext',
    reason: 'The enumeration context is not valid: it was released, has ended or has expired.',
    wsmanCode: wsmanCode('WSMAN_ENUMERATE_INVALID_ENUMERATION_CONTEXT'),
  }),
  pullInProgress: (): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsman:Concurrency',
    reason: 'Another request gets items of this enumeration now.',
    wsmanCode: wsmanCode('WSMAN_PULL_IN_PROGRESS'),
  }),
  unknownDialect: (dialect: string): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsen:FilterDialectRequestedUnavailable',
    reason: `The service does not know the filter dialect ${dialect}.`,
    wsmanCode: wsmanCode('WSMAN_ENUMERATE_FILTER_DIALECT_REQUESTED_UNAVAILABLE'),
  }),
  filterNotFor: (target: string): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsen:CannotProcessFilter',
    reason: `The service cannot process the filter: it does not go with ${target}.`,
    wsmanCode: wsmanCode('WSMAN_ENUMERATE_CANNOT_PROCESS_FILTER'),
  }),
  unableToRenew: (): SoapFault => ({
    soapCode: 'Receiver',
    soapSubcode: 'wse:UnableToRenew',
    reason: 'The service does not renew subscriptions.',
    wsmanCode: wsmanCode('WSMAN_EVENTING_UNABLE_TO_RENEW'),
  }),
  invalidOperation: (why: string): SoapFault => ({
    soapCode: 'Sender',
    soapSubcode: 'wsa:InvalidMessageInformationHeader',
    reason: `The service cannot process the message: ${why}.`,
  }),
  cancelled: (): SoapFault => ({
    soapCode: 'Receiver',
    soapSubcode: 'wsman:InternalError',
    reason: 'The operation was cancelled.',
    // ERROR_OPERATION_ABORTED
    wsmanCode: 995,
  }),
  quota: (code: number): SoapFault => ({
    soapCode: 'Receiver',
    soapSubcode: 'wsman:QuotaLimit',
    reason: 'The service is busy: the request exceeds one of its quotas.',
    wsmanCode: code,
  }),
} as const;

/** The fault of an operation of the provider that failed: one error instance for each error. `errorSource` is their source, which PowerShell shows as target. */
export function providerFault(errors: readonly ProviderError[], errorSource: string): SoapFault {
  return {
    soapCode: 'Receiver',
    soapSubcode: 'wsman:InternalError',
    reason: errors[0]?.message ?? '',
    errorInstance: errors.map((error) => writeWmiError(wmiErrorOf(error, errorSource))).join(''),
  };
}
