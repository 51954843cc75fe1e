import { types } from 'node:util';

/** An error as JSON has it, whosever it is: names, codes and texts, down to the first cause. A subclass of the library's adds what it carries. */
export interface ErrorJson {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly cause?: ErrorJson;
  /** Of an aggregate. */
  readonly errors?: readonly ErrorJson[];
}

/** Fields of JSON that came from elsewhere: each is read as what it has to be, or not at all. */
export class JsonFields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(json: unknown) {
    this.#fields = isObject(json) ? json : {};
  }

  text(name: string): string | undefined {
    const value = this.#own(name);
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#own(name);
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#own(name) === true;
  }

  list(name: string): readonly unknown[] {
    const value = this.#own(name);
    return Array.isArray(value) ? value : [];
  }

  texts(name: string): string[] {
    return this.list(name).filter((item) => typeof item === 'string');
  }

  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#own(name);
    return isObject(value) ? value : undefined;
  }

  /** The error in a field; undefined when there is none. */
  error(name: string): Error | undefined {
    const value = this.object(name);
    return value === undefined ? undefined : reviveError(value);
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }
}

const DEEPEST = 10;
const revivers = new Map<string, (fields: JsonFields) => Error>();
let depth = 0;

/** Makes errors of a class again from the JSON that has its name. */
export function registerErrorClass(name: string, revive: (fields: JsonFields) => Error): void {
  revivers.set(name, revive);
}

/** Any cause as JSON. What lies too deep, as in a circle, is left out. */
export function errorJson(error: unknown): ErrorJson {
  if (!isError(error)) return { name: 'Error', message: describe(error) };
  const own = (error as { readonly toJSON?: unknown }).toJSON;
  depth += 1;
  try {
    if (typeof own === 'function') return own.call(error) as ErrorJson;
    const { name, message, cause } = error;
    const { code, errors: aggregated } = error as { readonly code?: unknown; readonly errors?: unknown };
    const errors: readonly unknown[] | undefined = Array.isArray(aggregated) ? aggregated : undefined;
    return {
      name,
      message,
      ...(typeof code === 'string' ? { code } : {}),
      ...causeJson(cause),
      ...(errors === undefined || depth > DEEPEST ? {} : { errors: errors.map(errorJson) }),
    };
  } finally {
    depth -= 1;
  }
}

/** The member `cause` of an error's JSON, when there is one. */
export function causeJson(cause: unknown): { readonly cause?: ErrorJson } {
  return cause === undefined || depth > DEEPEST ? {} : { cause: errorJson(cause) };
}

/** The error that JSON stands for: of its class when it is one of the library's. */
export function reviveError(json: unknown): Error {
  const fields = new JsonFields(json);
  const name = fields.text('name') ?? 'Error';
  const revive =
    revivers.get(name) ?? (fields.text('code')?.startsWith('ERR_') ? revivers.get('CimletError') : undefined);
  if (revive !== undefined) return named(revive(fields), name);
  const cause = fields.error('cause');
  const options = cause === undefined ? undefined : { cause };
  const message = fields.text('message') ?? '';
  const errors = fields.list('errors').map(reviveError);
  const error = errors.length > 0 ? new AggregateError(errors, message, options) : new Error(message, options);
  const code = fields.text('code');
  return named(code === undefined ? error : Object.assign(error, { code }), name);
}

function named(error: Error, name: string): Error {
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return error;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of another realm, too. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function describe(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'An unknown error.';
  }
}
