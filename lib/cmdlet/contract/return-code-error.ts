import { baseJson, CimletError, type CimletErrorJson } from '../../base/errors.js';
import { causeJson, registerErrorClass } from '../../base/text/error-json.js';

/** A ReturnCodeError as JSON has it. */
export interface ReturnCodeErrorJson extends CimletErrorJson {
  readonly className: string;
  readonly methodName: string;
  readonly returnCode: string;
}

/** A method's return value says that it failed (PowerShell: CimJobException). Its code is `ERR_CIM`. */
export class ReturnCodeError extends CimletError {
  declare readonly code: 'ERR_CIM';
  override readonly name = 'CimJobException';
  readonly className: string;
  readonly methodName: string;
  /** The value as text, as it stands in the record's `fullyQualifiedErrorId`. */
  readonly returnCode: string;

  constructor(className: string, methodName: string, returnCode: string) {
    super('ERR_CIM', `${className}.${methodName} returned the error code ${returnCode}.`);
    this.className = className;
    this.methodName = methodName;
    this.returnCode = returnCode;
  }

  override toJSON(): ReturnCodeErrorJson {
    const { className, methodName, returnCode } = this;
    return { ...baseJson(this), className, methodName, returnCode, ...causeJson(this.cause) };
  }
}

registerErrorClass('CimJobException', (fields) => {
  const part = (name: string): string => fields.text(name) ?? '';
  return new ReturnCodeError(part('className'), part('methodName'), part('returnCode'));
});
