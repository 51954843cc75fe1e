import type { XmlElement } from '../../xml/tree/element.js';
import { SchemaError } from '../definition/schema-error.js';
import type { CdxmlCmdlet, CdxmlDocument, CdxmlMethod } from './cdxml-document.js';

/** What a CDXML file may name once only, and the names that must exist. @throws SchemaError */
export function checkUniqueness(document: CdxmlDocument, root: XmlElement): void {
  const fail = (problem: string): never => {
    throw new SchemaError(document.fileName, problem);
  };
  const privateData = root.child('Class')?.child('CmdletAdapterPrivateData')?.children ?? [];
  once(
    privateData.map((data) => data.attribute('Name')),
    (name) => fail(`The private data ${name} is there twice.`),
  );
  once(
    document.enums.map((declared) => declared.name),
    (name) => fail(`The enum ${name} is there twice.`),
  );
  for (const declared of root.child('Enums')?.children ?? []) {
    once(
      declared.children.map((value) => value.attribute('Name')),
      (name) => fail(`The enum ${declared.attribute('EnumName')} has the value ${name} twice.`),
    );
  }
  once(
    document.cmdlets.map((cmdlet) => `${cmdlet.verb}-${cmdlet.noun}`.toLowerCase()),
    (name) => fail(`The cmdlet ${name} is there twice.`),
  );
  const aliases = document.cmdlets.flatMap((cmdlet) => cmdlet.aliases.map((alias) => alias.toLowerCase()));
  once(aliases, (alias) => fail(`The cmdlet alias ${alias} is there twice.`));
  for (const cmdlet of document.cmdlets) checkCmdlet(cmdlet, fail);
}

function checkCmdlet(cmdlet: CdxmlCmdlet, fail: (problem: string) => never): void {
  const name = `${cmdlet.verb}-${cmdlet.noun}`;
  const sets = cmdlet.methods.map((method) => method.parameterSet);
  once(
    sets.map((set) => set?.toLowerCase()),
    (set) => fail(`${name}: The parameter set ${set} is there twice.`),
  );
  if (cmdlet.defaultParameterSet !== undefined && !sets.includes(cmdlet.defaultParameterSet)) {
    fail(`${name}: No method has the default parameter set ${cmdlet.defaultParameterSet}.`);
  }
  for (const method of cmdlet.methods) checkMethod(method, `${name}, method ${method.name}`, fail);
}

function checkMethod(method: CdxmlMethod, where: string, fail: (problem: string) => never): void {
  once(
    method.parameters.map((parameter) => parameter.name),
    (name) => fail(`${where}: The parameter ${name} is there twice.`),
  );
  const given = method.parameters.filter((parameter) => parameter.parameter !== undefined);
  once(
    given.map((entry) => entry.parameter?.position),
    (position) => fail(`${where}: The position ${position} is there twice.`),
  );
  const spellings = given.flatMap((entry) => [
    entry.parameter?.psName ?? entry.name,
    ...(entry.parameter?.aliases ?? []),
  ]);
  once(
    spellings.map((spelling) => spelling.toLowerCase()),
    (name) => fail(`${where}: The cmdlet parameter or alias ${name} is there twice.`),
  );
}

function once<T>(values: readonly (T | undefined)[], fail: (value: T) => never): void {
  const seen = new Set<T>();
  for (const value of values) {
    if (value === undefined) continue;
    if (seen.has(value)) fail(value);
    seen.add(value);
  }
}
