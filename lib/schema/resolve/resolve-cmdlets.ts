import type { CimClassDeclaration, CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type { CdxmlCmdlet, CdxmlDocument, CdxmlMethod, CdxmlMethodParameter } from '../cdxml/cdxml-document.js';
import {
  ALL_PARAMETER_SETS,
  type CmdletDefinition,
  type CmdletMethod,
  type CmdletMethodParameter,
} from '../definition/cmdlet-definition.js';
import { SchemaError } from '../definition/schema-error.js';
import { methodDeclaration, resolveType } from './method-declaration.js';
import { parameterDefinitions } from './parameter-definition.js';
import { type ParameterSetNames, parameterSetNames } from './parameter-set-names.js';
import { checkPrivateDataNames, readPrivateData } from './private-data.js';

/** The classes of the MOF files, by lower-case name. */
export type ClassTable = ReadonlyMap<string, CimClassDeclaration>;

/** The cmdlets of a CDXML file as definitions that the engine runs. @throws SchemaError */
export function resolveCmdlets(document: CdxmlDocument, classes: ClassTable): CmdletDefinition[] {
  if (document.cmdletAdapter !== undefined) {
    throw new SchemaError(
      document.fileName,
      `The cmdlet adapter ${document.cmdletAdapter} is .NET code; only CIM classes are called.`,
    );
  }
  if (document.hasInstanceCmdlets) {
    throw new SchemaError(document.fileName, 'InstanceCmdlets cannot be run; cmdlets must stand under StaticCmdlets.', {
      hint: 'Take the InstanceCmdlets element out, or call the methods with CimSession.',
    });
  }
  checkPrivateDataNames(document);
  const setNames = parameterSetNames(document);
  return document.cmdlets.map((cmdlet) => resolveCmdlet(document, cmdlet, setNames, classes));
}

function resolveCmdlet(
  document: CdxmlDocument,
  cmdlet: CdxmlCmdlet,
  setNames: ParameterSetNames,
  classes: ClassTable,
): CmdletDefinition {
  const cimClass = classes.get(document.className.toLowerCase());
  const declarations = new Map(cmdlet.methods.map((method) => [method, methodDeclaration(document, method, cimClass)]));
  const privateData = readPrivateData(document, cmdlet);
  const throttle = document.privateData.get('DefaultThrottleLimit');
  const [first] = cmdlet.methods;
  const outputType = outputTypeOf(document, cmdlet);
  const outputClasses = outputClassNames([...declarations.values()]).map((name) => classes.get(name.toLowerCase()));
  return {
    name: `${cmdlet.verb}-${cmdlet.noun}`,
    verb: cmdlet.verb,
    noun: cmdlet.noun,
    aliases: cmdlet.aliases,
    synopsis:
      privateData.synopsis ??
      `Calls ${cmdlet.methods.map((method) => method.name).join(', ')} of ${document.className}.`,
    ...(cmdlet.helpUri !== undefined && { helpUri: cmdlet.helpUri }),
    namespace: document.namespace,
    className: document.className,
    classVersion: document.classVersion,
    moduleName: document.privateData.get('ModuleName')?.trim() ?? document.className,
    moduleVersion: document.version,
    defaultParameterSet: cmdlet.defaultParameterSet ?? (first ? setNames(first) : ALL_PARAMETER_SETS),
    supportsShouldProcess: cmdlet.confirmImpact !== 'None',
    confirmImpact: cmdlet.confirmImpact,
    ...(throttle !== undefined && { defaultThrottleLimit: throttleLimit(document, throttle) }),
    parameters: parameterDefinitions(document, cmdlet, declarations, setNames, privateData),
    methods: [...declarations].map(([method, declaration]) =>
      cmdletMethod(document, setNames(method), method, declaration),
    ),
    rules: privateData.rules,
    ...(privateData.repetition && { repetition: privateData.repetition }),
    ...(Object.keys(privateData.meant).length > 0 && { meant: privateData.meant }),
    ...(privateData.inputClasses.length > 0 && { inputClasses: privateData.inputClasses }),
    ...(outputType !== undefined && { outputType }),
    outputClasses: outputClasses.filter((declaration) => declaration !== undefined),
  };
}

function cmdletMethod(
  document: CdxmlDocument,
  parameterSet: string,
  method: CdxmlMethod,
  declaration: CimMethodDeclaration,
): CmdletMethod {
  const order = new Map(declaration.parameters.map((parameter, index) => [parameter.name.toLowerCase(), index]));
  const place = (name: string): number => order.get(name.toLowerCase()) ?? 0;
  const sent = method.parameters
    .filter((entry) => entry.parameter !== undefined || entry.defaultValue !== undefined)
    .sort((left, right) => place(left.name) - place(right.name));
  return {
    parameterSet,
    methodName: declaration.name,
    parameters: sent.map((entry) => methodParameter(document, entry, declaration)),
    declaration,
    returnValue: method.returnValue,
  };
}

function methodParameter(
  document: CdxmlDocument,
  entry: CdxmlMethodParameter,
  method: CimMethodDeclaration,
): CmdletMethodParameter {
  const declared = method.parameters.find((candidate) => candidate.name.toLowerCase() === entry.name.toLowerCase());
  const type = resolveType(document, entry.type, `${method.name}, parameter ${entry.name}`);
  return {
    name: declared?.name ?? entry.name,
    cimType: type.cimType,
    isArray: type.isArray,
    from: entry.parameter?.psName ?? entry.name,
    ...(entry.defaultValue !== undefined && {
      defaultValue: defaultValue(document, entry, type.cimType, entry.defaultValue),
    }),
  };
}

function defaultValue(
  document: CdxmlDocument,
  entry: CdxmlMethodParameter,
  cimType: string,
  text: string,
): string | number | boolean {
  const refused = (what: string) =>
    new SchemaError(document.fileName, `Parameter ${entry.name}: The default value is ${what}.`);
  if (cimType === 'boolean') {
    if (!/^(?:true|false|1|0)$/i.test(text.trim())) throw refused('neither true nor false');
    return /^(?:true|1)$/i.test(text.trim());
  }
  if (/^[us]int64$/.test(cimType)) {
    if (!/^[+-]?\d{1,20}$/.test(text.trim())) throw refused('not a whole number');
    return text.trim();
  }
  if (!/^(?:[us]int|real)/.test(cimType)) return text;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw refused('not a number');
  return value;
}

/** The class or the .NET type of what comes out, of the first method that has an output. */
function outputTypeOf(document: CdxmlDocument, cmdlet: CdxmlCmdlet): string | undefined {
  for (const method of cmdlet.methods) {
    const output =
      method.parameters.find((entry) => entry.isOutput)?.type ??
      (method.returnValue === 'output' ? method.returnType : undefined);
    if (output === undefined) continue;
    const type = resolveType(document, output, method.name);
    return type.className ?? type.type;
  }
  return undefined;
}

function outputClassNames(methods: readonly CimMethodDeclaration[]): string[] {
  const outputs = methods.flatMap((method) => method.parameters.filter((parameter) => parameter.direction !== 'in'));
  return [...new Set(outputs.map((parameter) => parameter.className).filter((name) => name !== undefined))];
}

function throttleLimit(document: CdxmlDocument, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value))
    throw new SchemaError(document.fileName, 'Private data DefaultThrottleLimit: It is not a whole number.');
  return value;
}
