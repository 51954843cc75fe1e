import { invalidArgument } from '../../base/errors.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../cim/value/class-declaration.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classConstant, instanceType, methodConstant } from './names.js';
import { isNeverNull } from './schema-library.js';
import { quoted, SourceCode, sourceLiteral } from './source-literal.js';
import { propertyType } from './value-types.js';

const LIB = '../../..';

/** The module of one CIM class: its interface, when it has properties, and its declaration. */
export function classModule(declaration: CimClassDeclaration): string {
  const imports = new ImportList();
  const parts = classSource(declaration, imports);
  return `${imports}\n${parts.join('\n')}`;
}

/** What is written of one class; what it needs is added to the imports. */
export function classSource(declaration: CimClassDeclaration, imports: ImportList): string[] {
  checkIdentifiers(declaration);
  return [
    ...(declaration.properties.length > 0 ? [interfaceSource(declaration, imports)] : []),
    ...methodConstants(declaration, imports),
    constantSource(declaration, imports),
  ];
}

/** As ECMAScript has it, but for the joiners, which nobody sees. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const JOINER = /[\u200c\u200d]/;

/**
 * A server's names may have what CIM allows and no source can hold: spaces that are none in ASCII, line separators, marks that turn the direction of
 * a text. @throws CimletError `ERR_INVALID_ARGUMENT`
 */
function checkIdentifiers({ className, properties, methods }: CimClassDeclaration): void {
  const members = [...properties, ...methods.flatMap(({ parameters }) => parameters)];
  const classNames = members.flatMap((member) => ('className' in member && member.className ? [member.className] : []));
  const names = [className, ...classNames, ...methods.map(({ name }) => name)];
  const wrong = names.find((name) => !IDENTIFIER.test(name) || JOINER.test(name));
  if (wrong !== undefined) {
    throw invalidArgument(
      className,
      wrong,
      'TypeScript takes no such name, so that nothing can be generated of the class.',
    );
  }
}

function interfaceSource(declaration: CimClassDeclaration, imports: ImportList): string {
  const { className } = declaration;
  const properties = declaration.properties.map((property) => propertySource(property, imports));
  imports.type('TypedCimInstance', `${LIB}/cim/instance/cim-instance.js`);
  return `${docComment([declaration.description ?? `Properties of ${className}.`])}export interface ${className} {
${properties.join('')}}

${docComment([`An instance of ${className} as a server sent it.`])}export type ${instanceType(className)} = TypedCimInstance<${className}>;
`;
}

function propertySource(property: CimPropertyDeclaration, imports: ImportList): string {
  const type = propertyType(property, imports, LIB);
  const comment = property.description === undefined ? '' : docComment([property.description], 2);
  // A key names the instance, and what only the server writes is not there to be changed either.
  const access = property.key === true || property.readOnly === true ? 'readonly ' : '';
  return `${comment}  ${access}${memberName(property.name)}: ${type}${isNeverNull(property) ? '' : ' | null'};\n`;
}

/** A name that is not an identifier stands in quotes. */
function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function methodConstants(declaration: CimClassDeclaration, imports: ImportList): string[] {
  return declaration.methods.map((method) => {
    const type = imports.type('CimMethodDeclaration', `${LIB}/cim/value/class-declaration.js`);
    const start = `export const ${methodConstant(declaration.className, method.name)}: ${type} = `;
    const comment = method.description === undefined ? '' : docComment([method.description]);
    return `${comment}${start}${sourceLiteral(undescribed(method), 0, start.length)};\n`;
  });
}

function constantSource(declaration: CimClassDeclaration, imports: ImportList): string {
  const type = imports.type('CimClassDeclaration', `${LIB}/cim/value/class-declaration.js`);
  const typed = declaration.properties.length > 0 ? `${type}<${declaration.className}>` : type;
  const start = `export const ${classConstant(declaration.className)}: ${typed} = `;
  const methods = declaration.methods.map(
    (method) => new SourceCode(methodConstant(declaration.className, method.name)),
  );
  const value = { ...undescribed(declaration), methods };
  return `${docComment([`The declaration of ${declaration.className}.`])}${start}${sourceLiteral(value, 0, start.length)};\n`;
}

/** Descriptions stand in the comments; at run time nothing needs them. */
function undescribed<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, item) => (key === 'description' ? undefined : item)));
}
