import { describeValue } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { SchemaError } from '../definition/schema-error.js';
import {
  type AttributeForm,
  CDXML_NAMESPACE,
  CDXML_ROOT,
  type ChildRule,
  type ElementRule,
} from './cdxml-structure.js';

const LETTER = '\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}';
const IDENTIFIER = `[${LETTER}\\p{Nl}_][${LETTER}\\p{Nl}\\p{Nd}_]{0,100}`;

const FORMS: Readonly<Record<AttributeForm | 'version', { readonly pattern: RegExp; readonly says: string }>> = {
  text: { pattern: /[\s\S]/u, says: 'text that is not empty' },
  anyText: { pattern: /^/u, says: 'text' },
  boolean: { pattern: /^\s*(?:true|false|1|0)\s*$/u, says: 'true or false' },
  integer: { pattern: /^\s*[+-]?[0-9]+\s*$/u, says: 'a whole number' },
  count: { pattern: /^\s*(?:\+?[0-9]+|-0+)\s*$/u, says: 'a whole number from 0 on' },
  verb: { pattern: new RegExp(`^[${LETTER}]{1,100}$`, 'u'), says: 'a verb: letters only' },
  noun: { pattern: new RegExp(`^[${LETTER}\\p{Nd}]{1,100}$`, 'u'), says: 'a noun: letters and digits only' },
  names: { pattern: /\S/u, says: 'names separated by white space' },
  typeName: {
    pattern: new RegExp(`^[${LETTER}\\p{Nl}\\p{Nd}_,= +&*\\[\\].\\\\\\-"]{1,1000}$`, 'u'),
    says: 'the name of a .NET type',
  },
  enumName: {
    pattern: new RegExp(`^${IDENTIFIER}(?:\\.${IDENTIFIER}){0,10}$`, 'u'),
    says: 'a name with an optional namespace',
  },
  enumValueName: { pattern: new RegExp(`^${IDENTIFIER}$`, 'u'), says: 'an identifier' },
  parameterSet: { pattern: /^[^,;]{1,100}$/u, says: 'the name of a parameter set' },
  parameterName: { pattern: new RegExp(`^[${LETTER}\\p{Nd}_]{1,100}$`, 'u'), says: 'the name of a parameter' },
  impact: { pattern: /^(?:None|Low|Medium|High)$/u, says: 'None, Low, Medium or High' },
  version: { pattern: /^[12]?[0-9]{1,9}(?:\.[12]?[0-9]{1,9}){1,3}$/u, says: 'a version of two to four numbers' },
};

/**
 * Holds a CDXML document to its format: elements, their order and number, attributes and their forms, and what must be unique.
 * @throws SchemaError that names the path of the element.
 */
export function validateCdxml(root: XmlElement, fileName: string): void {
  if (root.name !== 'PowerShellMetadata' || root.namespace !== CDXML_NAMESPACE) {
    throw new SchemaError(
      fileName,
      `The root element is ${root.name} in namespace ${describeValue(root.namespace)}, not PowerShellMetadata.`,
      {
        hint: `A CDXML file begins with <PowerShellMetadata xmlns="${CDXML_NAMESPACE}">.`,
      },
    );
  }
  validateElement(root, CDXML_ROOT, 'PowerShellMetadata', fileName);
}

function validateElement(element: XmlElement, rule: ElementRule, path: string, fileName: string): void {
  const fail: (problem: string) => never = (problem) => {
    throw new SchemaError(fileName, `${path}: ${problem}`);
  };
  for (const attribute of element.attributes) {
    const own = attribute.namespace === '' && Object.hasOwn(rule.attributes, attribute.name);
    const known = own ? rule.attributes[attribute.name] : undefined;
    if (known === undefined) fail(`There is no attribute ${attribute.name} here.`);
    checkForm(attribute.value, known.form, `attribute ${attribute.name}`, fail);
  }
  for (const [name, attribute] of Object.entries(rule.attributes)) {
    if (attribute.required && element.attribute(name) === undefined) fail(`The attribute ${name} is missing.`);
  }
  if (rule.text === undefined) {
    if (element.text.trim() !== '')
      fail(`There is text (${describeValue(element.text.trim())}) where only elements belong.`);
  } else checkForm(element.text, rule.text, 'text', fail);
  validateChildren(element, rule.children, path, fileName);
}

function validateChildren(element: XmlElement, rules: readonly ChildRule[], path: string, fileName: string): void {
  let place = 0;
  let found = 0;
  const counts = new Map<string, number>();
  const requireFound = (instead?: string): void => {
    const rule = rules[place];
    if (rule && found < rule.min) {
      const there = instead === undefined ? '' : `; ${instead} is there instead`;
      throw new SchemaError(
        fileName,
        `${path}: The element ${Object.keys(rule.anyOf).join(' or ')} is missing${there}.`,
      );
    }
  };
  for (const child of element.children) {
    const matches = (rule: ChildRule): boolean =>
      child.namespace === CDXML_NAMESPACE && Object.hasOwn(rule.anyOf, child.name);
    while (place < rules.length) {
      const rule = rules[place];
      if (rule && matches(rule) && (rule.many || found === 0)) break;
      requireFound(child.name);
      place += 1;
      found = 0;
    }
    const here = rules[place];
    const rule = here && matches(here) ? here.anyOf[child.name] : undefined;
    if (rule === undefined) {
      throw new SchemaError(fileName, `${path}: The element ${child.name} does not belong here, or not in this order.`);
    }
    found += 1;
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    validateElement(child, rule, `${path}/${child.name}${label(child) ?? (here?.many ? `[${count}]` : '')}`, fileName);
  }
  while (place < rules.length) {
    requireFound();
    place += 1;
    found = 0;
  }
}

function label(element: XmlElement): string | undefined {
  for (const name of ['ParameterName', 'MethodName', 'Name', 'PropertyName', 'EnumName']) {
    const value = element.attribute(name);
    if (value !== undefined) return `[${value}]`;
  }
  return undefined;
}

function checkForm(
  value: string,
  form: AttributeForm | 'version',
  what: string,
  fail: (problem: string) => never,
): void {
  const { pattern, says } = FORMS[form];
  if (!pattern.test(value)) fail(`The ${what} is ${describeValue(value)}; it must be ${says}.`);
}
