import { types } from 'node:util';
import { causeJson, type ErrorJson, JsonFields, registerErrorClass, reviveError } from './text/error-json.js';
import { keepWording, type OptionPart, type Text, wording } from './wording.js';

/**
 * The closed set of failure kinds. Branch on `error.code`, never on the message.
 * New members are a minor release; a member never changes its meaning.
 */
export type CimletErrorCode =
  /** A value given to the library is wrong; nothing was sent. */
  | 'ERR_INVALID_ARGUMENT'
  /** PowerShell parameter binding failed; nothing was sent. */
  | 'ERR_PARAMETER_BINDING'
  /** The call needs a confirmation that nobody could give; nothing was sent. */
  | 'ERR_CONFIRMATION_REQUIRED'
  /** An optional native package or system library is absent. */
  | 'ERR_MISSING_PEER'
  /** Secrets or commands would have left over a channel without encryption; nothing was sent. */
  | 'ERR_INSECURE_CHANNEL'
  | 'ERR_NAME_NOT_RESOLVED'
  | 'ERR_CONNECTION_REFUSED'
  | 'ERR_CONNECTION_LOST'
  /** The certificate or the TLS handshake was refused. */
  | 'ERR_TLS'
  /** The server refused the credential, or the security handshake failed. */
  | 'ERR_AUTHENTICATION'
  /** The server knows the caller and refuses the operation. */
  | 'ERR_AUTHORIZATION'
  /** A protected message failed its integrity or sequence check. */
  | 'ERR_MESSAGE_INTEGRITY'
  | 'ERR_TIMEOUT'
  | 'ERR_ABORTED'
  | 'ERR_RESPONSE_TOO_LARGE'
  /** The peer answered with something other than SOAP (a proxy page, an empty body). */
  | 'ERR_NOT_SOAP'
  /** XML that is malformed, or that uses what is refused (DTDs, entities, excessive depth). */
  | 'ERR_XML'
  /** Well-formed, but not what the protocol allows here. */
  | 'ERR_PROTOCOL'
  /** The server answered with a WS-Management fault. */
  | 'ERR_WSMAN_FAULT'
  /** The CIM provider reported an error instance. */
  | 'ERR_CIM'
  /** One or more targets of a cmdlet failed. */
  | 'ERR_CMDLET'
  | 'ERR_SESSION_CLOSED'
  /** A file of this machine that a cmdlet reads or writes: it is there already, or is not there, or cannot be read or written. */
  | 'ERR_FILE'
  /** What a plan was made of has changed since, or the plan was used already; nothing was changed. */
  | 'ERR_CHANGED'
  /** The Redis of a fleet cannot do its part: it is full, would drop what it holds, is too old, cannot write, or clocks differ. */
  | 'ERR_QUEUE'
  /** Who keeps a credential or a secret of a fleet's worker, a vault or a file, could not give it; nothing was sent. */
  | 'ERR_SECRET_UNAVAILABLE';

/** What every error of the library carries, whichever class it is. */
export interface CimletErrorProperties {
  readonly code: CimletErrorCode;
  /** What the caller can do about it, as a sentence; absent when there is nothing to say. */
  readonly hint?: string;
  /** True when the same call may succeed later without any change. */
  readonly retryable: boolean;
}

/** An error of the library as JSON has it. */
export interface CimletErrorJson extends ErrorJson, CimletErrorProperties {
  readonly code: CimletErrorCode;
}

const CODE = /^ERR_[A-Z_]+$/;
const RETRYABLE = ' retryable';

export interface CimletErrorOptions {
  readonly hint?: Text | undefined;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * Root of the library's error tree. A subclass exists only where it carries data of its own.
 * Messages and hints never contain a password, key, token or shared secret.
 */
export class CimletError extends Error implements CimletErrorProperties {
  readonly code: CimletErrorCode;
  declare readonly hint?: string;
  readonly retryable: boolean;

  constructor(code: CimletErrorCode, message: Text, options: CimletErrorOptions = {}) {
    super(String(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    if (options.hint !== undefined) this.hint = String(options.hint);
    this.retryable = options.retryable ?? false;
    keepWording(this, { message, hint: options.hint });
    headStack(this);
  }

  /** All that it says, for another process: {@link CimletError.fromJSON} makes it again. Nothing secret, and no stack. */
  toJSON(): CimletErrorJson {
    return { ...baseJson(this), ...causeJson(this.cause) };
  }

  /**
   * An error out of what `toJSON` gave, through JSON, a structured clone or a message to another process: of the class that it was.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for what is not such a form.
   */
  static fromJSON(json: unknown): CimletError {
    const error = reviveError(json);
    if (error instanceof CimletError) return error;
    throw notJsonOf('CimletError', json);
  }
}

registerErrorClass('CimletError', (fields) => {
  return new CimletError(codeOf(fields), fields.text('message') ?? '', optionsOf(fields));
});

/** What each class of the library's errors has in its JSON. */
export function baseJson(error: Error & CimletErrorProperties): Omit<CimletErrorJson, 'cause'> {
  const { name, message, code, hint, retryable } = error;
  return { name, message, code, ...(hint === undefined ? {} : { hint }), retryable };
}

/** The same, read. */
export function optionsOf(fields: JsonFields): CimletErrorOptions {
  return { hint: fields.text('hint'), retryable: fields.flag('retryable'), cause: fields.error('cause') };
}

/** The error of `fromJSON`; of what it was given, only the kind is said. */
export function notJsonOf(className: string, json: unknown): CimletError {
  const kind = new JsonFields(json).text('name') ?? (json === null ? 'null' : typeof json);
  return invalidArgument('json', kind, `Give what toJSON() of a ${className} gave, or JSON.parse of its text.`);
}

function codeOf(fields: JsonFields): CimletErrorCode {
  const code = fields.text('code') ?? '';
  if (!CODE.test(code)) throw notJsonOf('CimletError', {});
  // A newer version may have one that this one does not know.
  return code as CimletErrorCode;
}

/**
 * The first line of the stack is `Name [code]: message`, as of Node's own errors: a structured clone, which leaves out all else that an error
 * carries, has that still. The text is made at once: until then V8 holds with an error, its cause included, the functions of its stack and what they
 * worked with, a request or the parameters of a call, which have secrets; and errors may be kept for long.
 */
export function headStack(error: Error & CimletErrorProperties): void {
  const { name, message, code, retryable, cause } = error;
  Reflect.get(error, 'stack');
  if (cause instanceof Error) Reflect.get(cause, 'stack');
  // V8 makes the first line out of the name and message that are there: so from an object of its own.
  const held: { readonly name: string; readonly message: string; readonly stack?: string } = {
    name: `${name} [${code}${retryable ? RETRYABLE : ''}]`,
    message,
  };
  Error.captureStackTrace(held, error.constructor);
  Object.defineProperty(error, 'stack', { value: held.stack, writable: true, configurable: true, enumerable: false });
}

/**
 * True for every error that the library throws on purpose, aggregates included, and for a copy of one: the object that `toJSON` gives, as JSON or a
 * message to another process hands it over, and a structured clone of the error itself. Such a clone has lost its code, which is put back; what else
 * an error carries only `toJSON` takes along.
 */
export function isCimletError(value: unknown): value is Error & CimletErrorProperties {
  if (typeof value !== 'object' || value === null) return false;
  const { name, message, code, retryable } = value as Partial<Record<keyof CimletErrorJson, unknown>>;
  const isError = value instanceof Error || types.isNativeError(value);
  const hasTexts = isError || (typeof name === 'string' && typeof message === 'string');
  if (hasTexts && typeof code === 'string' && typeof retryable === 'boolean') return true;
  return isError && code === undefined && restoreClone(value);
}

/** Puts back what the head of the stack says that a clone was. */
function restoreClone(error: Error): boolean {
  const [, name, code, retryable] = /^(\w+) \[(ERR_[A-Z_]+)( retryable)?\]: /.exec(error.stack ?? '') ?? [];
  if (name === undefined || code === undefined || !Object.isExtensible(error)) return false;
  const lists = code === 'ERR_CMDLET' ? { errors: [], skipped: [] } : {};
  Object.assign(error, { name, code, retryable: retryable !== undefined, ...lists });
  return true;
}

/** An `ERR_INVALID_ARGUMENT` that names the parameter, the value and the remedy. Never pass it a secret. */
export function invalidArgument(parameter: string | OptionPart, value: unknown, remedy: Text): CimletError {
  const message = wording`${parameter}: ${describeValue(value)} is not valid. ${remedy}`;
  const error = new CimletError('ERR_INVALID_ARGUMENT', message);
  remedies.set(error, remedy);
  return error;
}

const remedies = new WeakMap<object, Text>();

/** The remedy that {@link invalidArgument} was given, for who tells of the value in other words. */
export function remedyOf(error: unknown): Text | undefined {
  return typeof error === 'object' && error !== null ? remedies.get(error) : undefined;
}

/** A short, quoted rendering of an offending value for messages. */
export function describeValue(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : plainText(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function plainText(value: unknown): string {
  try {
    return String(value);
  } catch {
    // An object without a prototype, or one whose own words fail.
    return Object.prototype.toString.call(value);
  }
}
