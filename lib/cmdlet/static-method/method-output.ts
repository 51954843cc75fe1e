import type { CimMethodResult } from '../../cim/value/cim-method-result.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CmdletMethod } from '../../schema/definition/cmdlet-definition.js';

/** A method's return value that says it failed; undefined when it did not. */
export function returnedErrorCode(method: CmdletMethod, result: CimMethodResult): string | undefined {
  const { returnValue } = result;
  if ((method.returnValue ?? 'errorCode') !== 'errorCode') return undefined;
  const isCode =
    (typeof returnValue === 'number' && returnValue !== 0) || (typeof returnValue === 'bigint' && returnValue !== 0n);
  return isCode ? String(returnValue) : undefined;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What a method's result puts out: with one out parameter its value, an array element by element and a null as nothing; with several an
 * object with a property for each, and the computer's name. Parameters in `streamed` (lower case) have been put out before.
 */
export function methodOutput(
  method: CmdletMethod,
  result: CimMethodResult,
  computerName: string,
  streamed: ReadonlySet<string> = NOTHING,
): readonly unknown[] {
  const declared = method.declaration.parameters.filter((parameter) => parameter.direction !== 'in');
  const outputs = declared
    .filter((parameter) => !streamed.has(parameter.name.toLowerCase()))
    .map((parameter): [string, CimValue] => [parameter.name, result.outParameters[parameter.name] ?? null]);
  if (method.returnValue === 'output') outputs.push(['ReturnValue', result.returnValue]);
  const [only] = outputs;
  if (only === undefined) return [];
  if (outputs.length + streamed.size > 1) return [{ ...Object.fromEntries(outputs), PSComputerName: computerName }];
  const [, value] = only;
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** What a part of a streamed out parameter puts out: one value, or the elements of a part of an array. */
export function streamedOutput(value: CimValue): readonly unknown[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}
