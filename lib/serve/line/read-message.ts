import { CimletError } from '../../base/errors.js';
import type { ServeMessage, ServeRequest, WireValue } from './protocol.js';

type Fields = Readonly<Record<string, unknown>>;

const NAME = /^[A-Za-z0-9.]{1,64}$/;
const ANSWERS = ['yes', 'yesToAll', 'no', 'noToAll'] as const;
const PREFERENCES = ['None', 'Low', 'Medium', 'High'] as const;

/** Values within values; deeper ones are nobody's parameters. */
const DEEPEST = 16;

/** A line that is no message. It never repeats what the line held: there may be a secret in it. */
export class ServeMessageError extends CimletError {
  /** The call that it was about, when that could be read. */
  readonly id: string | undefined;

  constructor(message: string, id?: string) {
    super('ERR_INVALID_ARGUMENT', message, { hint: 'The page docs/project/serve.md of the package has the protocol.' });
    this.id = id;
  }
}

/** One line, as what it says. @throws ServeMessageError */
export function readMessage(line: string): ServeMessage {
  const fields = objectOf(parsed(line));
  if (fields === undefined) throw new ServeMessageError('A line is not a JSON object.');
  if (has(fields, 'protocol')) return greeting(fields);
  if (has(fields, 'cancel')) return { kind: 'cancel', id: nameIn(fields, 'cancel') };
  if (has(fields, 'end')) return { kind: 'end', scope: nameIn(fields, 'end') };
  const id = nameIn(fields, 'id');
  if (has(fields, 'answer')) {
    const answer = ANSWERS.find((one) => one === fields['answer']);
    if (answer === undefined) throw new ServeMessageError(`"answer" is not one of ${ANSWERS.join(', ')}.`, id);
    return { kind: 'answer', id, answer };
  }
  if (has(fields, 'cmdlet')) return call(fields, id);
  if (has(fields, 'credit')) return { kind: 'credit', id, lines: creditIn(fields, id) };
  throw new ServeMessageError('A line has none of "cmdlet", "answer", "credit", "cancel", "end" and "protocol".', id);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The parser's own words would quote the line.
    throw new ServeMessageError('A line is not JSON.');
  }
}

function greeting(fields: Fields): ServeMessage {
  const { protocol } = fields;
  if (typeof protocol !== 'number' || !Number.isSafeInteger(protocol) || protocol < 1) {
    throw new ServeMessageError('"protocol" is not a version: a whole number from 1.');
  }
  return { kind: 'greeting', protocol };
}

function call(fields: Fields, id: string): ServeRequest {
  const { cmdlet, input, confirmPreference } = fields;
  if (typeof cmdlet !== 'string' || cmdlet.length > 128) {
    throw new ServeMessageError('"cmdlet" is not the name of a cmdlet.', id);
  }
  const preference = PREFERENCES.find((one) => one === confirmPreference);
  if (confirmPreference !== undefined && preference === undefined) {
    throw new ServeMessageError(`"confirmPreference" is not one of ${PREFERENCES.join(', ')}.`, id);
  }
  return {
    kind: 'call',
    id,
    cmdlet,
    scope: nameIn(fields, 'scope', id),
    parameters: valuesOf(fields['parameters'] ?? {}, 'parameters', id),
    ...(input === undefined ? {} : { input: valuesOf(input, 'input', id) }),
    ...(preference === undefined ? {} : { confirmPreference: preference }),
    verbose: fields['verbose'] === true,
    debug: fields['debug'] === true,
    ...(has(fields, 'credit') ? { credit: creditIn(fields, id) } : {}),
  };
}

function valuesOf(value: unknown, name: string, id: string): Readonly<Record<string, WireValue>> {
  const fields = objectOf(value);
  if (fields === undefined) throw new ServeMessageError(`"${name}" is not a JSON object.`, id);
  if (!isWithin(fields, DEEPEST)) throw new ServeMessageError(`"${name}" has values within values too deep.`, id);
  // What JSON.parse gave consists of nothing else.
  return fields as Readonly<Record<string, WireValue>>;
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((one) => isWithin(one, depth - 1));
}

function nameIn(fields: Fields, field: string, id?: string): string {
  const value = fields[field];
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw new ServeMessageError(`"${field}" is not a name of 1 to 64 letters, digits and points.`, id);
}

function creditIn(fields: Fields, id: string): number {
  const { credit } = fields;
  if (typeof credit === 'number' && Number.isSafeInteger(credit) && credit >= 1 && credit <= 1_000_000) return credit;
  throw new ServeMessageError('"credit" is not a number of lines from 1 to 1000000.', id);
}

function objectOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

const has = (fields: Fields, name: string): boolean => Object.hasOwn(fields, name) && fields[name] !== null;
