/** The options of the library that texts name, as its users write them: of newCimSession, of calls and of cmdlets. */
export type OptionName =
  | 'allowNtlm'
  | 'allowUnencrypted'
  | 'authentication'
  | 'connectTo'
  | 'credential'
  | 'credSsp.allowNtlmOnly'
  | 'host'
  | 'input'
  | 'kerberos.delegate'
  | 'kerberos.keytab'
  | 'kerberos.spnHost'
  | 'kerberos.spnService'
  | 'kerberos.ticketCache'
  | 'maxEnvelopeSize'
  | 'maxResponseAttributes'
  | 'maxResponseBytes'
  | 'maxResponseDepth'
  | 'maxResponseElements'
  | 'maxResponseNameLength'
  | 'maxResponseTextLength'
  | 'noEncryption'
  | 'onProgress'
  | 'onWarning'
  | 'operationTimeoutMs'
  | 'proxy'
  | 'skipCACheck'
  | 'skipCNCheck'
  | 'timeoutMs'
  | 'tls.ca'
  | 'tls.cert'
  | 'tls.fingerprint256'
  | 'tls.key'
  | 'tls.maxVersion'
  | 'tls.minVersion'
  | 'tls.passphrase'
  | 'tls.pfx'
  | 'tls.serverName'
  | 'trustedHosts'
  | 'typeInformation'
  | 'useSsl';

/** An expression of TypeScript, which only the library's own users can write. */
export interface Expression {
  readonly code: string;
}

/** An option, and what it is to be set to where that is to be said. */
export interface OptionPart {
  readonly option: OptionName;
  readonly value?: string | boolean | Expression;
}

/** A user name and a password, as they are given. */
export const CREDENTIAL: OptionPart = { option: 'credential', value: { code: '{ userName, password }' } };

/** A clause that a face leaves out when it has no name for one of its options. */
export interface ClausePart {
  readonly clause: Wording;
}

/** Text, or text that names options. */
export type Text = string | Wording;

/** How those who use the library in one way, from a program or on a command line, write its options; undefined for what they have not. */
export interface Face {
  option(name: OptionName, value: OptionPart['value']): string | undefined;
  expression(code: string): string | undefined;
}

type Part = Text | number | OptionPart | Expression | ClausePart;

const LIBRARY: Face = {
  option(name, value) {
    if (value === undefined) return name;
    return `${name}: ${typeof value === 'object' ? value.code : typeof value === 'string' ? `'${value}'` : value}`;
  },
  expression: (code) => code,
};

/**
 * A message or a hint that names options as such, so that each face prints its own names. {@link wording} makes one; as a string it has the
 * library's names.
 */
export class Wording {
  readonly #parts: readonly Part[];

  /** @internal */
  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** @internal */
  in(face: Face): string {
    return this.#parts
      .map((part) => (part instanceof Wording ? part.in(face) : (inFace(part, face) ?? inFace(part, LIBRARY))))
      .join('');
  }

  /** @internal Undefined where the face has no name for one of the options. */
  inFull(face: Face): string | undefined {
    const parts = this.#parts.map((part) => inFace(part, face));
    return parts.includes(undefined) ? undefined : parts.join('');
  }

  toString(): string {
    return this.in(LIBRARY);
  }

  toJSON(): string {
    return this.toString();
  }
}

/**
 * Text with options in it.
 * @example wording`Give a larger ${{ option: 'timeoutMs' }}.`
 */
export function wording(texts: TemplateStringsArray, ...parts: readonly Part[]): Wording {
  return new Wording(texts.flatMap((text, index) => [text, ...parts.slice(index, index + 1)]));
}

function inFace(part: Part, face: Face): string | undefined {
  if (typeof part !== 'object') return String(part);
  if (part instanceof Wording) return part.inFull(face);
  if ('clause' in part) return part.clause.inFull(face) ?? '';
  return 'code' in part ? face.expression(part.code) : face.option(part.option, part.value);
}

interface WordedError {
  readonly message: Text;
  readonly hint?: Text | undefined;
}

const worded = new WeakMap<object, WordedError>();

/** Keeps, for an error or a record of one, what its message and its hint are made of. */
export function keepWording(error: object, { message, hint }: WordedError): void {
  if (message instanceof Wording || hint instanceof Wording) worded.set(error, { message, hint });
}

/** Message and hint of an error, or of a record of one, to be printed by a face or to be part of another error's. */
export function wordingOf(error: { readonly message: string; readonly hint?: string | undefined }): WordedError {
  return worded.get(error) ?? error;
}

/** A text in the words of `face`. */
export function textIn(face: Face, text: Text): string {
  return typeof text === 'string' ? text : text.in(face);
}
