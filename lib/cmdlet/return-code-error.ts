/** A method's return value says that it failed. */
export class ReturnCodeError extends Error {
  override readonly name = 'CimJobException';
  readonly methodName: string;
  readonly returnCode: string;

  constructor(className: string, methodName: string, returnCode: string) {
    super(`${className}.${methodName} returned the error code ${returnCode}.`);
    this.methodName = methodName;
    this.returnCode = returnCode;
  }
}
