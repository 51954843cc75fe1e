import type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimParameterDeclaration,
} from '../../cim/value/class-declaration.js';
import type {
  CdxmlDocument,
  CdxmlEnum,
  CdxmlMethod,
  CdxmlMethodParameter,
  CdxmlType,
} from '../cdxml/cdxml-document.js';
import { SchemaError } from '../definition/schema-error.js';
import { classOfEtsType, type NetType, netType } from './net-types.js';

/** PowerShell puts the enums of a CDXML file into this .NET namespace. */
const ENUM_NAMESPACE = 'microsoft.powershell.cmdletization.generatedtypes.';

export interface ResolvedType extends NetType {
  readonly className?: string;
  readonly enumeration?: CdxmlEnum;
}

/** The type of a method parameter, with the file's own enums. @throws SchemaError for a .NET type that has no CIM type. */
export function resolveType(document: CdxmlDocument, type: CdxmlType, where: string): ResolvedType {
  const className = classOfEtsType(type.etsType);
  const known = netType(type.psType);
  if (known) return { ...known, ...(className !== undefined && { className }) };
  const isArray = type.psType.endsWith('[]');
  const name = type.psType.replace(/\[\]$/, '').toLowerCase();
  const enumeration = document.enums.find((declared) =>
    [name, name.replace(ENUM_NAMESPACE, '')].includes(declared.name.toLowerCase()),
  );
  const underlying = enumeration && netType(enumeration.underlyingType);
  if (enumeration && underlying) return { ...underlying, isArray, enumeration };
  throw new SchemaError(
    document.fileName,
    `${where}: ${type.psType} is not a .NET type that has a CIM type, nor an enum of the file.`,
  );
}

/**
 * The declaration of the method that a CDXML method calls: the class's own, which must agree with the CDXML; or, when the class is not at
 * hand, one that follows from the .NET types, as PowerShell itself does it.
 */
export function methodDeclaration(
  document: CdxmlDocument,
  method: CdxmlMethod,
  cimClass: CimClassDeclaration | undefined,
): CimMethodDeclaration {
  if (cimClass === undefined) return derivedDeclaration(document, method);
  const declared = cimClass.methods.find((candidate) => candidate.name.toLowerCase() === method.name.toLowerCase());
  const where = `${cimClass.className}.${method.name}`;
  if (declared === undefined) throw new SchemaError(document.fileName, `${where}: The class has no such method.`);
  if (!declared.isStatic)
    throw new SchemaError(document.fileName, `${where}: The method is not static, but stands under StaticCmdlets.`);
  for (const parameter of method.parameters) checkAgreement(document, parameter, declared, where);
  return declared;
}

function checkAgreement(
  document: CdxmlDocument,
  parameter: CdxmlMethodParameter,
  method: CimMethodDeclaration,
  where: string,
): void {
  const fail: (problem: string) => never = (problem) => {
    throw new SchemaError(document.fileName, `${where}, parameter ${parameter.name}: ${problem}`);
  };
  const type = resolveType(document, parameter.type, `${where}, parameter ${parameter.name}`);
  const declared = method.parameters.find((candidate) => candidate.name.toLowerCase() === parameter.name.toLowerCase());
  if (declared === undefined) fail('The method has no such parameter.');
  if (declared.type !== type.cimType || (declared.isArray === true) !== type.isArray) {
    fail(
      `${parameter.type.psType} is ${text(type.cimType, type.isArray)} in CIM, but the class declares ${text(declared.type, declared.isArray)}.`,
    );
  }
  if (parameter.parameter !== undefined && declared.direction === 'out')
    fail('The class declares it as Out, so no value can be given.');
  if (parameter.isOutput && declared.direction === 'in') fail('The class declares it as In, so it is not an output.');
}

function text(type: string, isArray = false): string {
  return isArray ? `${type}[]` : type;
}

function derivedDeclaration(document: CdxmlDocument, method: CdxmlMethod): CimMethodDeclaration {
  const returnType = method.returnType && resolveType(document, method.returnType, `${method.name}, return value`);
  return {
    name: method.name,
    isStatic: true,
    returnType: returnType?.cimType ?? 'uint32',
    parameters: method.parameters.map((parameter) => derivedParameter(document, method, parameter)),
  };
}

function derivedParameter(
  document: CdxmlDocument,
  method: CdxmlMethod,
  parameter: CdxmlMethodParameter,
): CimParameterDeclaration {
  const type = resolveType(document, parameter.type, `${method.name}, parameter ${parameter.name}`);
  const goesIn = parameter.parameter !== undefined || parameter.defaultValue !== undefined;
  return {
    name: parameter.name,
    type: type.cimType,
    ...(type.isArray && { isArray: true }),
    ...(type.type === 'TimeSpan' && { interval: true }),
    ...(type.className !== undefined && { className: type.className }),
    direction: parameter.isOutput ? (goesIn ? 'inout' : 'out') : 'in',
  };
}
