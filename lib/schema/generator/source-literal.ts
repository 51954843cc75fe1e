/** A piece of source text that stands as it is inside a literal: the name of a constant. */
export class SourceCode {
  constructor(readonly text: string) {}
}

const LINE_WIDTH = 120;

/**
 * A value as TypeScript source: on one line where it fits, else one member a line, or, of an object whose members all are short, as many
 * as fit.
 * @param column Where the first line of it begins, for its width.
 * @param spread Names of constants whose members an object has as well.
 */
export function sourceLiteral(value: unknown, indent = 0, column = indent, spread: readonly string[] = []): string {
  const flat = flatLiteral(value);
  if (!isComposite(value) || (spread.length === 0 && column + flat.length <= LINE_WIDTH - 2)) return flat;
  const pad = ' '.repeat(indent + 2);
  if (
    !Array.isArray(value) &&
    spread.length === 0 &&
    entries(value).every(([key, item]) => isShort(key, item, indent))
  ) {
    return filled(entries(value), indent);
  }
  const members = Array.isArray(value)
    ? value.map((item) => pad + sourceLiteral(item, indent + 2))
    : entries(value).map(([key, item]) => {
        const name = `${pad}${propertyKey(key)}: `;
        return name + sourceLiteral(item, indent + 2, name.length);
      });
  members.unshift(...spread.map((name) => `${pad}...${name}`));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.join(',\n')},\n${' '.repeat(indent)}${close}`;
}

/** A text, which is not broken anyhow, or what fits on a line. */
function isShort(key: string, item: unknown, indent: number): boolean {
  return !isComposite(item) || indent + `  ${propertyKey(key)}: ${flatLiteral(item)},`.length <= LINE_WIDTH;
}

function filled(members: readonly (readonly [string, unknown])[], indent: number): string {
  const pad = ' '.repeat(indent + 2);
  const lines: string[] = [];
  for (const [key, item] of members) {
    const member = `${propertyKey(key)}: ${flatLiteral(item)},`;
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${member}`.length <= LINE_WIDTH) lines[lines.length - 1] = `${last} ${member}`;
    else lines.push(pad + member);
  }
  return `{\n${lines.join('\n')}\n${' '.repeat(indent)}}`;
}

/** A string as source, in single quotes. */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\'\n\r\u2028\u2029]/g, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

function flatLiteral(value: unknown): string {
  if (value instanceof SourceCode) return value.text;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(', ')}]`;
  if (isComposite(value)) {
    const members = entries(value).map(([key, item]) => `${propertyKey(key)}: ${flatLiteral(item)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  throw new TypeError(`No source literal for a ${typeof value}.`);
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof SourceCode);
}

function entries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

function propertyKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** An expression that loads a module when it is come to. */
export function loadedModule(path: string): string {
  return `require(${quoted(path)}) as typeof import(${quoted(path)})`;
}
