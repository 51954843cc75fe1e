import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import { WsManFaultError } from '../../wsman/contract/fault-error.js';
import type { CimClass } from '../class/cim-class.js';
import type { ClassLookup } from '../codec/read-context.js';
import { nativeErrorCodeOfFault } from '../error/native-error-code.js';
import { normalizeNamespace } from '../instance/resource-uri.js';

/** Fetches one class. */
export type ClassFetcher = (namespace: string, className: string, deadline: Deadline) => Promise<CimClass>;

/** Class names come from the peer, too. */
const MOST_CLASSES = 4096;

/**
 * The classes that a session has fetched, each once, whoever asks. Also remembered is that a server has no metadata of a class, until
 * the class is asked for by name.
 */
export class ClassCache {
  readonly #fetch: ClassFetcher;
  readonly #known = new BoundedMemo<string, CimClass | undefined>(MOST_CLASSES);
  readonly #coming = new Map<string, Promise<CimClass>>();

  constructor(fetch: ClassFetcher) {
    this.#fetch = fetch;
  }

  /** The class; fetched when it is not known, or with `refresh`. @throws what the fetch throws. */
  async get(namespace: string, className: string, deadline: Deadline, refresh = false): Promise<CimClass> {
    const key = keyOf(namespace, className);
    const known = this.#known.get(key);
    if (known !== undefined && !refresh) return known;
    const coming = this.#coming.get(key);
    if (coming !== undefined) {
      try {
        return await deadline.race(coming);
      } catch (error) {
        // Another caller's time was up, not ours.
        if (!isTimeoutOrAbort(error) || deadline.reason !== undefined) throw error;
        return this.get(namespace, className, deadline, refresh);
      }
    }
    const fetching = this.#fetchOnce(key, namespace, className, deadline);
    this.#coming.set(key, fetching);
    return fetching;
  }

  /** The class, or undefined when the server gives no metadata of it, which is remembered. @throws other failures, that of a busy server too. */
  async find(namespace: string, className: string, deadline: Deadline): Promise<CimClass | undefined> {
    const key = keyOf(namespace, className);
    if (this.#known.has(key)) return this.#known.get(key);
    try {
      return await this.get(namespace, className, deadline);
    } catch (error) {
      if (!isWithoutMetadata(error)) throw error;
      this.#known.set(key, undefined);
      return undefined;
    }
  }

  add(cimClass: CimClass): void {
    this.#known.set(keyOf(cimClass.namespace, cimClass.className), cimClass);
  }

  /** True when it is known what {@link find} gives. */
  has(namespace: string, className: string): boolean {
    return this.#known.has(keyOf(namespace, className));
  }

  /** The classes that are known already, of one namespace. */
  lookup(namespace: string): ClassLookup {
    return (className) => this.#known.get(keyOf(namespace, className));
  }

  async #fetchOnce(key: string, namespace: string, className: string, deadline: Deadline): Promise<CimClass> {
    try {
      const cimClass = await this.#fetch(namespace, className, deadline);
      this.#known.set(key, cimClass);
      return cimClass;
    } finally {
      this.#coming.delete(key);
    }
  }
}

function keyOf(namespace: string, className: string): string {
  return `${normalizeNamespace(namespace)}:${className}`.toLowerCase();
}

function isTimeoutOrAbort(error: unknown): boolean {
  return error instanceof CimletError && (error.code === 'ERR_TIMEOUT' || error.code === 'ERR_ABORTED');
}

/** A server that is only too busy says nothing of the class; one to which its resource URI leads nowhere has no metadata. */
function isWithoutMetadata(error: unknown): boolean {
  if (error instanceof WsManFaultError) return !error.retryable || nativeErrorCodeOfFault(error) === 'NotFound';
  return error instanceof CimletError && error.code === 'ERR_PROTOCOL';
}
