import type { FileHandle } from 'node:fs/promises';
import type { AddressFamily } from '../export-file/file-elements.js';
import { type FilePart, readFileParts } from '../export-file/file-reader.js';
import type { FileRecord, FileScalar } from '../export-file/file-values.js';

/** What is to be done, in the order of the file. */
export type ImportStep =
  | { readonly kind: 'version'; readonly MajorVersion: number; readonly MinorVersion: number }
  /** All that a family has beside its scopes. */
  | { readonly kind: 'server'; readonly family: AddressFamily; readonly record: FileRecord }
  /** All that a scope has beside its leases, which follow. */
  | { readonly kind: 'scope'; readonly family: AddressFamily; readonly record: FileRecord }
  | { readonly kind: 'lease'; readonly family: AddressFamily; readonly record: FileRecord };

/** Puts the parts of a file together to steps. */
class Steps {
  readonly #open: string[] = [];
  #version: Record<string, FileRecord[string]> = {};
  #server: Record<string, FileRecord[string]> = {};
  /** The scope that is open, until it is a step. */
  #scope: Record<string, FileRecord[string]> | undefined;
  #hasServer = false;

  *take(part: FilePart): Generator<ImportStep> {
    const open = this.#open;
    if (part.kind === 'open') {
      open.push(part.name);
      if (open.length === 2) {
        yield* this.#versionStep();
        this.#server = {};
        this.#hasServer = false;
      } else if (part.name === 'Scopes') yield* this.#serverStep();
      else if (part.name === 'Scope') this.#scope = {};
      else yield* this.#scopeStep();
    } else if (part.kind === 'close') {
      if (open.length === 1) yield* this.#versionStep();
      if (open.length === 2) yield* this.#serverStep();
      if (part.name === 'Scope') yield* this.#scopeStep();
      open.pop();
    } else if (part.kind === 'value') yield* this.#value(part.name, part.value);
  }

  *#value(name: string, value: FileScalar | FileRecord): Generator<ImportStep> {
    if (this.#open.length === 1) this.#version[name] = value;
    else if (this.#open.length === 2) this.#server[name] = value;
    else if (this.#scope !== undefined) this.#scope[name] = value;
    else if (isRecord(value)) yield { kind: 'lease', family: this.#family, record: value };
  }

  *#versionStep(): Generator<ImportStep> {
    const { MajorVersion, MinorVersion } = this.#version;
    this.#version = {};
    if (typeof MajorVersion === 'number' && typeof MinorVersion === 'number') {
      yield { kind: 'version', MajorVersion, MinorVersion };
    }
  }

  *#serverStep(): Generator<ImportStep> {
    if (this.#hasServer) return;
    this.#hasServer = true;
    yield { kind: 'server', family: this.#family, record: this.#server };
  }

  *#scopeStep(): Generator<ImportStep> {
    const record = this.#scope;
    this.#scope = undefined;
    if (record !== undefined) yield { kind: 'scope', family: this.#family, record };
  }

  get #family(): AddressFamily {
    return this.#open[1] === 'IPv6' ? 'IPv6' : 'IPv4';
  }
}

function isRecord(value: FileScalar | FileRecord): value is FileRecord {
  return typeof value === 'object' && !(value instanceof Date);
}

/** @throws OperationError `ERR_XML` where the file is not what an export is. */
export async function* importSteps(handle: FileHandle, file: string): AsyncGenerator<ImportStep> {
  const steps = new Steps();
  for await (const parts of readFileParts(handle, file)) for (const part of parts) yield* steps.take(part);
}
