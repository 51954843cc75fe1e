import { CimletError } from '../../base/errors.js';
import { type CimStatusCode, dhcpErrorCodes, type ErrorCategory } from './error-table.js';

/** A failure of the DHCP provider, as it will be reported in an MSFT_WmiError instance. */
export class ProviderError extends CimletError {
  /** The raw Windows or DHCP code. */
  readonly number: number;
  /** `DHCP 20114`, `WIN32 5`: the first half of PowerShell's FullyQualifiedErrorId. */
  readonly messageId: string;
  readonly category: ErrorCategory;
  readonly cimStatus: CimStatusCode;
  /** The system's text for the code. */
  readonly systemText: string;

  constructor(number: number, message: string) {
    super('ERR_CIM', message);
    const known = dhcpErrorCodes.get(number);
    this.number = number;
    this.messageId = number >= 20000 ? `DHCP ${number}` : `WIN32 ${number}`;
    this.category = known?.category ?? 'NotSpecified';
    this.cimStatus = known?.cimStatus ?? 1;
    this.systemText = known?.text ?? '';
  }
}
