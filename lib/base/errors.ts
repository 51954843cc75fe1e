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
  | 'ERR_SESSION_CLOSED';

/** What every error of the library carries, whichever class it is. */
export interface CimletErrorProperties {
  readonly code: CimletErrorCode;
  /** What the caller can do about it, as a sentence; absent when there is nothing to say. */
  readonly hint?: string;
  /** True when the same call may succeed later without any change. */
  readonly retryable: boolean;
}

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
  }
}

/** True for every error that the library throws on purpose, aggregates included. */
export function isCimletError(value: unknown): value is Error & CimletErrorProperties {
  return value instanceof Error && typeof (value as { code?: unknown }).code === 'string' && 'retryable' in value;
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
