import { XSI_TYPE } from '../../cim/codec/xsi-type.js';
import { classResourceUri } from '../../cim/instance/resource-uri.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../cim/value/class-declaration.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { XmlWriter } from '../../xml/writer.js';
import type { ProviderError } from './provider-error.js';
import { providerErrorCategories } from './provider-error-category.js';

const text = (name: string): CimPropertyDeclaration => ({ name, type: 'string' });
const uint16 = (name: string): CimPropertyDeclaration => ({ name, type: 'uint16' });
const uint32 = (name: string): CimPropertyDeclaration => ({ name, type: 'uint32' });

/** MSFT_WmiError with what it inherits from CIM_Error: how WMI reports an error of a provider (Windows SDK, DSP0004's CIM_Error). */
export const wmiErrorClass: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'MSFT_WmiError',
  superClassName: 'CIM_Error',
  properties: [
    uint32('CIMStatusCode'),
    text('CIMStatusCodeDescription'),
    text('ErrorSource'),
    uint16('ErrorSourceFormat'),
    uint16('ErrorType'),
    text('Message'),
    { name: 'MessageArguments', type: 'string', isArray: true },
    text('MessageID'),
    text('OtherErrorSourceFormat'),
    text('OtherErrorType'),
    text('OwningEntity'),
    uint16('PerceivedSeverity'),
    uint16('ProbableCause'),
    text('ProbableCauseDescription'),
    { name: 'RecommendedActions', type: 'string', isArray: true },
    // Recorded as cimUnsignedInt, though Windows' headers make it 16 bits wide.
    uint32('error_Category'),
    uint32('error_Code'),
    text('error_Type'),
    text('error_WindowsErrorMessage'),
  ],
  methods: [],
};

/** What an error instance says. */
export interface WmiErrorContent {
  /** `DHCP 20114`, `WIN32 5`, `HRESULT 0x80041010`. */
  readonly messageId: string;
  readonly message: string;
  /** Raw code, unsigned. */
  readonly code: number;
  /** DSP0004 status code. */
  readonly cimStatus: number;
  /** Number of PowerShell's ErrorCategory. */
  readonly category: number;
  readonly systemText: string;
  /** The class that failed. */
  readonly errorSource?: string;
  /** The provider whose error it is; WMI and WS-Management name none for their own. */
  readonly owningEntity?: string;
}

export function wmiErrorOf(error: ProviderError, errorSource: string): WmiErrorContent {
  return {
    messageId: error.messageId,
    message: error.message,
    code: error.number,
    cimStatus: error.cimStatus,
    category: providerErrorCategories[error.category],
    systemText: error.systemText,
    errorSource,
    owningEntity: error.owningEntity,
  };
}

/**
 * The markup of an error instance for a fault's Detail, marked as a CIM_Error (DSP0227 16), as recorded of Windows: every member but the
 * arrays is there with its type, also those that are null; ErrorType, ErrorSourceFormat and their kin are 0, unknown.
 */
export function writeWmiError(content: WmiErrorContent): string {
  const values: Readonly<Record<string, string | number | undefined>> = {
    CIMStatusCode: content.cimStatus,
    ErrorSource: content.errorSource,
    ErrorSourceFormat: 0,
    ErrorType: 0,
    Message: content.message,
    MessageID: content.messageId,
    OwningEntity: content.owningEntity,
    PerceivedSeverity: 0,
    ProbableCause: 0,
    error_Category: content.category,
    error_Code: content.code,
    error_Type: content.messageId.split(' ')[0] ?? '',
    error_WindowsErrorMessage: content.systemText,
  };
  const { className, properties, namespace } = wmiErrorClass;
  const xml = new XmlWriter().open(`p:${className}`, {
    'xmlns:p': classResourceUri(namespace, className, 'dmtf'),
    'xmlns:cim': NS.cimCommon,
    'xmlns:xsi': NS.xsi,
    'xmlns:b': NS.cimBinding,
    'xsi:type': `p:${className}_Type`,
    'b:IsCIM_Error': 'true',
  });
  for (const { name, type, isArray } of properties) {
    if (isArray === true || type === 'instance') continue;
    const value = values[name];
    const attributes = { ...(value === undefined && { 'xsi:nil': 'true' }), 'xsi:type': XSI_TYPE[type] };
    xml.element(`p:${name}`, value === undefined ? undefined : String(value), attributes);
  }
  return xml.close().toString();
}
