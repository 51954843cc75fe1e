import { CimletError } from '../../base/errors.js';
import type { CimStatusCode, ProviderErrorCategory } from './provider-error-category.js';

export interface ProviderErrorContent {
  /** The raw code. */
  readonly number: number;
  /** `DHCP 20114`, `WIN32 5`: the first half of PowerShell's FullyQualifiedErrorId. */
  readonly messageId: string;
  readonly message: string;
  readonly category: ProviderErrorCategory;
  readonly cimStatus: CimStatusCode;
  /** The system's text for the code. */
  readonly systemText: string;
  /** The provider's name: CIM_Error.OwningEntity. */
  readonly owningEntity: string;
}

/** A failure of a provider, as it will be reported in an MSFT_WmiError instance. */
export class ProviderError extends CimletError {
  readonly number: number;
  readonly messageId: string;
  readonly category: ProviderErrorCategory;
  readonly cimStatus: CimStatusCode;
  readonly systemText: string;
  readonly owningEntity: string;

  constructor(content: ProviderErrorContent) {
    super('ERR_CIM', content.message);
    this.number = content.number;
    this.messageId = content.messageId;
    this.category = content.category;
    this.cimStatus = content.cimStatus;
    this.systemText = content.systemText;
    this.owningEntity = content.owningEntity;
  }
}
