import { describeValue } from '../../base/errors.js';
import { CIM_DATA_TYPES } from '../../cim/value/cim-type.js';
import { SchemaError } from '../definition/schema-error.js';
import { type MofToken, tokenizeMof } from './mof-lexer.js';
import { type MofConstant, MofQualifiers } from './mof-qualifiers.js';

/** `string Name[]`, `DhcpServerv4Scope REF Scope`: what properties, methods and parameters begin with. */
export interface MofTypedName {
  readonly qualifiers: MofQualifiers;
  /** A data type's keyword, lower case; or a class name. */
  readonly typeName: string;
  readonly isReference: boolean;
  readonly name: string;
  readonly isArray: boolean;
  readonly token: MofToken;
}

export interface MofProperty extends MofTypedName {
  readonly defaultValue?: MofConstant | readonly MofConstant[];
}

export interface MofMethod extends MofTypedName {
  readonly parameters: readonly MofTypedName[];
}

export interface MofClass {
  readonly qualifiers: MofQualifiers;
  readonly name: string;
  readonly superClassName?: string;
  /** From the `#pragma namespace` in force. */
  readonly namespace?: string;
  readonly properties: readonly MofProperty[];
  readonly methods: readonly MofMethod[];
  readonly token: MofToken;
}

const DATA_TYPES: ReadonlySet<string> = new Set(CIM_DATA_TYPES);

/** Parses the pragmas and class declarations of a MOF file (DSP0004 annex A); qualifier type declarations are passed over. */
export function parseMof(text: string, fileName: string): MofClass[] {
  return new MofParser(tokenizeMof(text, fileName), fileName).specification();
}

class MofParser {
  #index = 0;
  #namespace: string | undefined;

  constructor(
    private readonly tokens: readonly MofToken[],
    private readonly fileName: string,
  ) {}

  specification(): MofClass[] {
    const classes: MofClass[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.kind === 'end') return classes;
      if (token.kind === 'punctuation' && token.text === '#') {
        this.#pragma();
        continue;
      }
      const qualifiers = this.#qualifierList();
      const keyword = this.#peek();
      if (this.#takeWord('class')) classes.push(this.#classDeclaration(qualifiers, keyword));
      else if (this.#takeWord('qualifier')) this.#skipPast(';');
      else if (this.#takeWord('instance'))
        throw this.#error(keyword, 'Instances are not read, only class declarations.');
      else throw this.#unexpected(keyword, 'a class declaration or a pragma');
    }
  }

  #pragma(): void {
    this.#expect('#');
    const keyword = this.#peek();
    if (!this.#takeWord('pragma')) throw this.#unexpected(keyword, 'pragma');
    const name = this.#identifier('the name of a pragma');
    this.#expect('(');
    const value = this.#string();
    this.#expect(')');
    if (name.text.toLowerCase() === 'namespace') this.#namespace = namespaceOf(value);
    else if (name.text.toLowerCase() === 'include')
      throw this.#error(name, 'Included files are not read: give them all.');
  }

  #classDeclaration(qualifiers: MofQualifiers, token: MofToken): MofClass {
    const name = this.#identifier('the name of a class').text;
    const superClassName = this.#take(':') ? this.#identifier('the name of the superclass').text : undefined;
    this.#expect('{');
    const properties: MofProperty[] = [];
    const methods: MofMethod[] = [];
    const seen = new Set<string>();
    while (!this.#take('}')) {
      const feature = this.#typedName(seen, 'property or method');
      if (this.#take('(')) methods.push({ ...feature, parameters: this.#parameters() });
      else properties.push({ ...feature, ...(this.#take('=') && { defaultValue: this.#initializer() }) });
      this.#expect(';');
    }
    this.#expect(';');
    return {
      qualifiers,
      name,
      ...(superClassName !== undefined && { superClassName }),
      ...(this.#namespace !== undefined && { namespace: this.#namespace }),
      properties,
      methods,
      token,
    };
  }

  #parameters(): MofTypedName[] {
    const parameters: MofTypedName[] = [];
    if (this.#take(')')) return parameters;
    const seen = new Set<string>();
    do parameters.push(this.#typedName(seen, 'parameter'));
    while (this.#take(','));
    this.#expect(')');
    return parameters;
  }

  #typedName(seen: Set<string>, what: string): MofTypedName {
    const qualifiers = this.#qualifierList();
    const type = this.#identifier('a type');
    const isReference = this.#takeWord('ref');
    const name = this.#identifier(`the name of a ${what}`);
    const key = name.text.toLowerCase();
    if (seen.has(key)) throw this.#error(name, `The ${what} ${name.text} is there twice.`);
    seen.add(key);
    const isArray = this.#take('[');
    if (isArray) {
      if (this.#peek().kind === 'integer') this.#index += 1;
      this.#expect(']');
    }
    const isDataType = DATA_TYPES.has(type.text.toLowerCase());
    if (isReference && isDataType) throw this.#error(type, `REF goes with the name of a class, not with ${type.text}.`);
    const typeName = isDataType ? type.text.toLowerCase() : type.text;
    return { qualifiers, typeName, isReference, name: name.text, isArray, token: type };
  }

  #qualifierList(): MofQualifiers {
    const qualifiers = new MofQualifiers();
    if (!this.#take('[')) return qualifiers;
    do {
      const token = this.#identifier('the name of a qualifier');
      if (!qualifiers.add(token.text, { value: this.#qualifierValue(), token })) {
        throw this.#error(token, `The qualifier ${token.text} is there twice.`);
      }
      if (this.#take(':')) while (this.#peek().kind === 'identifier') this.#index += 1;
    } while (this.#take(','));
    this.#expect(']');
    return qualifiers;
  }

  #qualifierValue(): MofConstant | readonly MofConstant[] {
    if (this.#take('(')) {
      const value = this.#initializer();
      this.#expect(')');
      return value;
    }
    return this.#peek().text === '{' ? this.#initializer() : true;
  }

  #initializer(): MofConstant | readonly MofConstant[] {
    if (this.#peek().kind !== 'punctuation' || !this.#take('{')) return this.#constant();
    const values: MofConstant[] = [];
    if (this.#take('}')) return values;
    do values.push(this.#constant());
    while (this.#take(','));
    this.#expect('}');
    return values;
  }

  #constant(): MofConstant {
    const token = this.#peek();
    switch (token.kind) {
      case 'string':
        return this.#string();
      case 'char':
        this.#index += 1;
        return token.text;
      case 'integer':
      case 'real':
        this.#index += 1;
        return token.value;
      case 'identifier':
        if (this.#takeWord('true')) return true;
        if (this.#takeWord('false')) return false;
        if (this.#takeWord('null')) return null;
    }
    throw this.#unexpected(token, 'a value');
  }

  /** Adjacent string literals are one string. */
  #string(): string {
    let value = '';
    let token = this.#peek();
    if (token.kind !== 'string') throw this.#unexpected(token, 'a string');
    for (; token.kind === 'string'; token = this.#peek()) {
      value += token.text;
      this.#index += 1;
    }
    return value;
  }

  #identifier(what: string): MofToken {
    const token = this.#peek();
    if (token.kind !== 'identifier') throw this.#unexpected(token, what);
    this.#index += 1;
    return token;
  }

  #skipPast(punctuation: string): void {
    while (!this.#take(punctuation)) {
      if (this.#peek().kind === 'end') throw this.#unexpected(this.#peek(), `"${punctuation}"`);
      this.#index += 1;
    }
  }

  #expect(punctuation: string): void {
    if (!this.#take(punctuation)) throw this.#unexpected(this.#peek(), `"${punctuation}"`);
  }

  #take(punctuation: string): boolean {
    const token = this.#peek();
    const found = token.kind === 'punctuation' && token.text === punctuation;
    if (found) this.#index += 1;
    return found;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    const found = token.kind === 'identifier' && token.text.toLowerCase() === word;
    if (found) this.#index += 1;
    return found;
  }

  #peek(): MofToken {
    const token = this.tokens[this.#index];
    if (token === undefined) throw new SchemaError(this.fileName, 'The file has no tokens.');
    return token;
  }

  #unexpected(token: MofToken, expected: string): SchemaError {
    const found = token.kind === 'end' ? 'the end of the file' : describeValue(token.text);
    return this.#error(token, `Expected ${expected}, found ${found}.`);
  }

  #error(position: MofToken, problem: string): SchemaError {
    return new SchemaError(this.fileName, problem, { position: { line: position.line, column: position.column } });
  }
}

/** `\\.\root\cimv2` and `root/cimv2` are one. */
function namespaceOf(text: string): string {
  return text.replace(/\\/g, '/').replace(/^\/\/[^/]*\//, '');
}
