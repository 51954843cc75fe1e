import { FAULT_DETAIL, type SoapFault } from '../../wsman/service/soap-fault.js';
import { writeWmiError } from './wmi-error.js';

/** Numbers of PowerShell's ErrorCategory (System.Management.Automation). */
const CATEGORY = {
  invalidArgument: 5,
  invalidData: 6,
  invalidOperation: 7,
  invalidType: 9,
  metadataError: 10,
  notImplemented: 11,
  objectNotFound: 13,
  resourceExists: 20,
} as const;

/** DSP0004 status codes, which are MI's, too. */
const STATUS = {
  failed: 1,
  invalidNamespace: 3,
  invalidParameter: 4,
  invalidClass: 5,
  notFound: 6,
  notSupported: 7,
  alreadyExists: 11,
  noSuchProperty: 12,
  typeMismatch: 13,
  invalidQuery: 15,
  methodNotFound: 17,
} as const;

function wmiFault(
  subcode: string,
  hresult: number,
  cimStatus: keyof typeof STATUS,
  category: keyof typeof CATEGORY,
  message: string,
  detail?: string,
): SoapFault {
  const code = `0x${hresult.toString(16)}`;
  return {
    soapCode: 'Sender',
    soapSubcode: subcode,
    reason: message,
    ...(detail !== undefined && { faultDetail: `${FAULT_DETAIL}/${detail}` }),
    errorInstance: writeWmiError({
      messageId: `HRESULT ${code}`,
      message,
      code: hresult,
      cimStatus: STATUS[cimStatus],
      category: CATEGORY[category],
      systemText: message,
    }),
  };
}

/**
 * What WMI itself refuses, reported as an error instance like a provider's. The codes are those of MS-WMI 2.2.11 and of its appendix C
 * (0x80041023, which no server has to send; it is there for a lab's read-only properties), the texts ours.
 */
export const wmiFaults = {
  invalidNamespace: (namespace: string) =>
    wmiFault(
      'wsa:DestinationUnreachable',
      0x8004100e,
      'invalidNamespace',
      'metadataError',
      `Invalid namespace ${namespace}.`,
      'InvalidNamespace',
    ),
  invalidClass: (className: string) =>
    wmiFault(
      'wsa:DestinationUnreachable',
      0x80041010,
      'invalidClass',
      'metadataError',
      `Invalid class ${className}.`,
      'InvalidResourceURI',
    ),
  invalidMethod: (className: string, method: string) =>
    wmiFault(
      'wsa:ActionNotSupported',
      0x80041055,
      'methodNotFound',
      'metadataError',
      `Invalid method ${method} of ${className}.`,
    ),
  invalidParameters: (why: string) =>
    wmiFault(
      'wsman:InvalidParameter',
      0x8004102f,
      'invalidParameter',
      'invalidArgument',
      `Invalid method parameters. ${why}`,
    ),
  notFound: (what: string) =>
    wmiFault('wsa:DestinationUnreachable', 0x80041002, 'notFound', 'objectNotFound', `${what} is not found.`),
  alreadyExists: (what: string) =>
    wmiFault('wsman:AlreadyExists', 0x80041019, 'alreadyExists', 'resourceExists', `${what} already exists.`),
  notCapable: (className: string, what: string) =>
    wmiFault(
      'wsa:ActionNotSupported',
      0x80041024,
      'notSupported',
      'notImplemented',
      `The provider of ${className} cannot ${what}.`,
    ),
  illegalNull: (className: string, property: string) =>
    wmiFault(
      'wst:InvalidRepresentation',
      0x80041028,
      'invalidParameter',
      'invalidData',
      `${className}.${property} must have a value.`,
      'MissingValues',
    ),
  noSuchProperty: (className: string, property: string) =>
    wmiFault(
      'wst:InvalidRepresentation',
      0x80041031,
      'noSuchProperty',
      'metadataError',
      `${className} has no property ${property}.`,
      'InvalidValues',
    ),
  typeMismatch: (why: string) =>
    wmiFault(
      'wst:InvalidRepresentation',
      0x80041005,
      'typeMismatch',
      'invalidType',
      `Type mismatch. ${why}`,
      'InvalidValues',
    ),
  readOnly: (className: string, property: string) =>
    wmiFault(
      'wst:InvalidRepresentation',
      0x80041023,
      'failed',
      'invalidOperation',
      `${className}.${property} cannot be written.`,
      'InvalidValues',
    ),
  invalidQuery: (why: string) =>
    wmiFault('wsen:CannotProcessFilter', 0x80041017, 'invalidQuery', 'invalidArgument', `Invalid query. ${why}`),
  /** MS-WMI 3.1.4.3.20: WBEM_E_NOT_EVENT_CLASS. */
  notEventClass: (className: string) =>
    wmiFault(
      'wsen:CannotProcessFilter',
      0x80041059,
      'invalidQuery',
      'invalidArgument',
      `${className} is not derived from __Event.`,
    ),
  /** WBEM_E_REGISTRATION_TOO_BROAD: an event query that would look at every class. MS-WMI leaves it to the server when. */
  tooBroad: () =>
    wmiFault(
      'wsen:CannotProcessFilter',
      0x80042001,
      'invalidQuery',
      'invalidArgument',
      'The event query is too broad: name a class with TargetInstance ISA.',
    ),
  /** MS-WMI 3.1.4.3.20: WBEM_E_REGISTRATION_TOO_PRECISE, an event of WMI's own without WITHIN. */
  tooPrecise: () =>
    wmiFault(
      'wsen:CannotProcessFilter',
      0x80042002,
      'invalidQuery',
      'invalidArgument',
      'The event query needs WITHIN and a number of seconds above zero.',
    ),
} as const;
