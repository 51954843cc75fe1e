import { parseCimResource } from '../instance/resource-uri.js';
import type { CimMethodDeclaration, CimParameterDeclaration, CimValueDeclaration } from '../value/class-declaration.js';

export function inParameters(method: CimMethodDeclaration): readonly CimParameterDeclaration[] {
  return method.parameters.filter((parameter) => parameter.direction !== 'out');
}

/** `Win32_Process.Create`, for messages. */
export function methodName(resourceUri: string, method: CimMethodDeclaration): string {
  const className = parseCimResource(resourceUri)?.className;
  return className === undefined ? method.name : `${className}.${method.name}`;
}

export function isNamed(name: string, expected: readonly string[]): boolean {
  return expected.includes(name) || expected.some((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

/** ReturnValue, which the declaration of a method has no name for. */
export function returnValueOf(method: CimMethodDeclaration): CimValueDeclaration {
  return { name: 'ReturnValue', type: method.returnType };
}
