import { readFile, writeFile } from 'node:fs/promises';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { type ConfigurationItem, KINDS, type PlainValue, SCOPE_KINDS } from '../model/configuration-item.js';

const FORMAT = 'cimlet saved configuration';
const VERSION = 1;
/** A file of a server that is full has less. */
const MOST_ITEMS = 1_000_000;

/** What a plan takes from a server or overwrites there, as it was. Plain: a file, a message and a database keep it. */
export interface SavedConfiguration {
  readonly format: 'cimlet saved configuration';
  readonly version: 1;
  /** Whose it is. */
  readonly server: string;
  readonly savedAt: string;
  /** The title of the plan. */
  readonly reason: string;
  readonly relationship: string;
  readonly items: readonly ConfigurationItem[];
  /** What goes and is not here, in sentences. */
  readonly notSaved: readonly string[];
}

export function savedConfiguration(
  parts: Omit<SavedConfiguration, 'format' | 'version' | 'savedAt'>,
): SavedConfiguration {
  return { format: FORMAT, version: VERSION, savedAt: new Date().toISOString(), ...parts };
}

/** What somebody hands back as saved. @throws CimletError `ERR_INVALID_ARGUMENT` for what is not of this form. */
export function checkSaved(given: unknown): SavedConfiguration {
  const { format, version, server, savedAt, reason, relationship, items, notSaved } = Object(given) as {
    readonly [Name in keyof SavedConfiguration]?: unknown;
  };
  if (format !== FORMAT) throw notSavedForm('format', format);
  if (version !== VERSION) throw notSavedForm('version', version);
  for (const [name, value] of Object.entries({ server, savedAt, reason, relationship })) {
    if (typeof value !== 'string') throw notSavedForm(name, value);
  }
  if (!Array.isArray(items) || items.length > MOST_ITEMS) throw notSavedForm('items', typeof items);
  if (!Array.isArray(notSaved) || !notSaved.every((one) => typeof one === 'string')) {
    throw notSavedForm('notSaved', typeof notSaved);
  }
  return {
    format: FORMAT,
    version: VERSION,
    server: String(server),
    savedAt: String(savedAt),
    reason: String(reason),
    relationship: String(relationship),
    items: items.map(checkedItem),
    notSaved,
  };
}

function checkedItem(given: unknown): ConfigurationItem {
  const { kind, scopeId, key, label, values } = Object(given) as {
    readonly [Name in keyof ConfigurationItem]?: unknown;
  };
  const known = SCOPE_KINDS.find((one) => one === kind);
  if (known === undefined) throw notSavedForm('kind', kind);
  if (typeof scopeId !== 'string' || typeof key !== 'string' || typeof label !== 'string') {
    throw notSavedForm('items', `a ${known} without scopeId, key or label`);
  }
  const { keys = [], members } = KINDS[known];
  const own = Object(values) as Readonly<Record<string, unknown>>;
  const taken = [...keys, ...members].map((name) => {
    const value = Object.hasOwn(own, name) ? own[name] : null;
    if (!isPlain(value)) throw notSavedForm(name, typeof value);
    return [name, value] as const;
  });
  return { kind: known, scopeId, key, label, values: Object.fromEntries(taken) };
}

function isPlain(value: unknown): value is PlainValue {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function notSavedForm(name: string, value: unknown): CimletError {
  return invalidArgument(`saved.${name}`, value, 'Give what a plan has as saved, or what readSaved gives.');
}

/**
 * Writes what a plan saves to a new file, which nobody but its owner may read.
 * @throws CimletError `ERR_FILE` for a file that is there already, or cannot be written.
 */
export async function writeSaved(file: string, saved: SavedConfiguration): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(saved, null, 1)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw fileProblem(file, 'written', error, 'Give the name of a file that is not there yet, in a folder that is.');
  }
}

/**
 * Reads what {@link writeSaved} wrote.
 * @throws CimletError `ERR_FILE`; `ERR_INVALID_ARGUMENT` for a file of another form.
 */
export async function readSaved(file: string): Promise<SavedConfiguration> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(file, 'read', error, 'Give the name of a file that a plan saved.');
  });
  try {
    return checkSaved(JSON.parse(text));
  } catch (error) {
    if (error instanceof CimletError) throw error;
    throw invalidArgument('file', file, 'It is not JSON. Give a file that a plan saved.');
  }
}

function fileProblem(file: string, done: string, cause: unknown, hint: string): CimletError {
  const { code = 'unknown' } = Object(cause) as { readonly code?: string };
  return new CimletError('ERR_FILE', `${file} cannot be ${done} (${code}).`, { hint, cause });
}
