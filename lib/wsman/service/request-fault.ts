import { CimletError } from '../../base/errors.js';
import type { SoapFault } from './soap-fault.js';

/** A request that a server must refuse, with the fault that says so: pass `fault` to `writeFaultEnvelope`. */
export class RequestFault extends CimletError {
  readonly fault: SoapFault;
  /** MessageID of the request, when that much could be read. */
  readonly relatesTo: string | undefined;

  constructor(fault: SoapFault, relatesTo?: string) {
    super('ERR_PROTOCOL', fault.reason);
    this.fault = fault;
    this.relatesTo = relatesTo;
  }
}
