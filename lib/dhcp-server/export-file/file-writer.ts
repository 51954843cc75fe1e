import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { OperationError } from '../../cmdlet/contract/operation-error.js';
import { XmlWriter } from '../../xml/writer.js';
import { FILE_NAMESPACE, type FileElement } from './file-elements.js';
import { fileError } from './file-error.js';
import { leafText } from './file-values.js';

type Values = Readonly<Record<string, unknown>>;

/** Of what is written and not yet in the file. */
const BUFFERED = 65_536;
/** As .NET's writer leaves it on Windows. */
const BREAK = '\r\n';
const DECLARATION = '\uFEFF<?xml version="1.0" encoding="utf-8"?>';

/**
 * Writes an export piece by piece, as .NET's writer lays it out: indented by two spaces, lines ended as on Windows. It goes to a file of its
 * own beside the one that is wanted, which gets the name when it is whole; only its owner can read it.
 */
export class FileWriter {
  readonly #file: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #replaces: boolean;
  readonly #open: string[] = [];
  #buffer = DECLARATION;
  /** The element that was begun last has nothing in it so far. */
  #isEmpty = false;

  private constructor(file: string, temporary: string, handle: FileHandle, replaces: boolean) {
    this.#file = file;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#replaces = replaces;
  }

  /** `replaces`: a file of that name gives way. @throws OperationError `ERR_FILE`. */
  static async create(file: string, replaces: boolean): Promise<FileWriter> {
    await checkPlace(file, replaces);
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      return new FileWriter(file, temporary, await open(temporary, 'wx', 0o600), replaces);
    } catch (error) {
      throw notWritten(file, error);
    }
  }

  /** Begins a group. */
  open(name: string): void {
    const depth = this.#open.length;
    const namespace = depth === 0 ? FILE_NAMESPACE : depth === 1 ? '' : undefined;
    this.#buffer += `${BREAK}${'  '.repeat(depth)}<${name}${namespace === undefined ? '' : ` xmlns="${namespace}"`}>`;
    this.#open.push(name);
    this.#isEmpty = true;
  }

  close(): void {
    const name = this.#open.pop() ?? '';
    // A group without anything is closed at once.
    if (this.#isEmpty) this.#buffer = `${this.#buffer.slice(0, -1)} />`;
    else this.#buffer += `${BREAK}${'  '.repeat(this.#open.length)}</${name}>`;
    this.#isEmpty = false;
  }

  /** One element with text. */
  leaf(name: string, value: unknown): void {
    const text = leafText(value);
    const namespace = this.#open.length === 1 ? { xmlns: '' } : undefined;
    this.#isEmpty = false;
    const element = new XmlWriter().element(name, text === '' ? undefined : text, namespace).toString();
    this.#buffer += `${BREAK}${'  '.repeat(this.#open.length)}${text === '' ? `${element.slice(0, -2)} />` : element}`;
  }

  /**
   * The leaves of an object among the elements of a group, in their order; `instead` has those whose values are others. A null is left out,
   * or empty where one has to stand.
   */
  leaves(children: ReadonlyMap<string, FileElement>, source: object, instead: Values = {}): void {
    const values = source as Values;
    for (const [name, element] of children) {
      if (!('leaf' in element)) continue;
      const value = instead[name] ?? values[element.property ?? name] ?? undefined;
      if (Array.isArray(value)) for (const item of value) this.leaf(name, item);
      else if (value !== undefined) this.leaf(name, value);
      else if (element.occurs === 'once') this.leaf(name, '');
    }
  }

  /** A promise while the file is behind. */
  flush(): Promise<void> | undefined {
    return this.#buffer.length < BUFFERED ? undefined : this.#write();
  }

  /** Ends the file and gives it its name. @throws OperationError `ERR_FILE`. */
  async finish(): Promise<void> {
    while (this.#open.length > 0) this.close();
    try {
      await this.#write();
      await this.#handle.sync();
      await this.#handle.close();
      if (this.#replaces) await rename(this.#temporary, this.#file);
      else await giveFreeName(this.#temporary, this.#file);
    } catch (error) {
      await this.discard();
      if (error instanceof OperationError) throw error;
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? exists(this.#file) : notWritten(this.#file, error);
    }
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await rm(this.#temporary, { force: true }).catch(() => {});
  }

  async #write(): Promise<void> {
    const text = this.#buffer;
    // What was opened last stays, since it may be closed at once.
    const kept = text.lastIndexOf(BREAK);
    this.#buffer = this.#open.length === 0 ? '' : text.slice(kept);
    await this.#handle.appendFile(this.#open.length === 0 ? text : text.slice(0, kept));
  }
}

/** A drive (`C:`) or a share (`\\\\server\\share`). */
const WINDOWS_PLACE = /^(?:[A-Za-z]:|\\\\)/;

/**
 * Other systems have neither drives nor shares, and would make a file of that very name in the current folder.
 * @throws OperationError `ERR_FILE`.
 */
export function refuseWindowsPlace(written: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32' || !WINDOWS_PLACE.test(written)) return;
  const hint = 'The file is written on this machine: give a path of its own, from / or from the current folder.';
  throw fileError(written, 'WriteError', 'this machine has no such drive or share', hint);
}

/** Windows refuses a file that is there, and with Force still one that cannot be written. */
export async function checkPlace(file: string, replaces: boolean): Promise<void> {
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw notWritten(file, error);
  });
  if (found === undefined) return;
  if (!found.isFile() && !found.isSymbolicLink()) {
    throw fileError(file, 'WriteError', 'this is no file', 'Give the name of a file.');
  }
  if (!replaces) throw exists(file);
  if (found.isFile() && (found.mode & 0o222) === 0) {
    throw fileError(file, 'WriteError', 'the file is read-only', 'Make it writable, delete it, or give another name.');
  }
}

/** A link to a name fails where a rename would overwrite what somebody else has put there meanwhile. Some file systems have none. */
async function giveFreeName(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    await checkPlace(file, false);
    await rename(temporary, file);
    return;
  }
  await rm(temporary);
}

function exists(file: string) {
  return fileError(
    file,
    'ResourceExists',
    'the file is there already',
    'Add Force to overwrite it, or give another name.',
  );
}

function notWritten(file: string, cause: unknown) {
  return fileError(
    file,
    'WriteError',
    'the file cannot be written',
    'Give a file in a folder that you may write in.',
    cause,
  );
}
