import { CimletError } from '../../base/errors.js';

/** A method's return value says that it failed (PowerShell: CimJobException). Its code is `ERR_CIM`. */
export class ReturnCodeError extends CimletError {
  override readonly name = 'CimJobException';
  readonly methodName: string;
  /** The value as text, as it stands in the record's `fullyQualifiedErrorId`. */
  readonly returnCode: string;

  constructor(className: string, methodName: string, returnCode: string) {
    super('ERR_CIM', `${className}.${methodName} returned the error code ${returnCode}.`);
    this.methodName = methodName;
    this.returnCode = returnCode;
  }
}
