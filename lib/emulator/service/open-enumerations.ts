import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import type { EnumerateMessage, PullMessage } from '../../wsman/service/read-enumerate.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { PageContent } from '../../wsman/service/write-page.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import { ItemStream } from './item-stream.js';
import type { ResolvedServiceSettings } from './service-settings.js';

/** What both Enumerate and Pull say of the page that they want. */
export interface PageRequest {
  readonly userName: string;
  readonly operationTimeoutMs: number | undefined;
  /** For the items' markup. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

interface Enumeration {
  readonly userName: string;
  readonly stream: ItemStream;
  readonly giveBack: () => void;
  isBusy: boolean;
  cancelExpiry: (() => void) | undefined;
}

/** The open enumerations of a server (DSP0226 8; MS-WSMV 3.1.4.1.36). */
export class OpenEnumerations {
  readonly #clock: Clock;
  readonly #settings: ResolvedServiceSettings;
  readonly #open = new Map<string, Enumeration>();

  constructor(clock: Clock, settings: ResolvedServiceSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Begins an enumeration; an optimized one gives its first page at once. `giveBack` is called when it is over. */
  async begin(
    items: Iterable<string> | AsyncIterable<string>,
    message: EnumerateMessage,
    request: PageRequest,
    giveBack: () => void,
  ): Promise<PageContent> {
    const context = `uuid:${randomUUID().toUpperCase()}`;
    const enumeration: Enumeration = {
      userName: request.userName,
      stream: new ItemStream(items),
      giveBack,
      isBusy: false,
      cancelExpiry: undefined,
    };
    this.#open.set(context, enumeration);
    if (message.optimize) {
      try {
        return await this.#page(context, enumeration, message.maxElements, undefined, request);
      } catch (error) {
        // The client has no context to go on with.
        this.#close(context, enumeration);
        throw error;
      }
    }
    this.#expireLater(context, enumeration);
    return { context, isLast: false };
  }

  /** True when the context is one of an enumeration. */
  has(context: string): boolean {
    return this.#open.has(context);
  }

  async pull(message: PullMessage, request: PageRequest): Promise<PageContent> {
    const enumeration = this.#find(message.context, request.userName);
    if (enumeration.isBusy) throw new RequestFault(serviceFaults.pullInProgress());
    return this.#page(message.context, enumeration, message.maxElements, message.maxTimeMs, request);
  }

  release(context: string, userName: string): void {
    this.#close(context, this.#find(context, userName));
  }

  #find(context: string, userName: string): Enumeration {
    const enumeration = this.#open.get(context);
    if (enumeration === undefined) throw new RequestFault(serviceFaults.invalidContext());
    if (enumeration.userName.toLowerCase() !== userName.toLowerCase()) {
      throw new RequestFault(serviceFaults.accessDenied());
    }
    return enumeration;
  }

  async #page(
    context: string,
    enumeration: Enumeration,
    maxElements: number,
    maxTimeMs: number | undefined,
    request: PageRequest,
  ): Promise<PageContent> {
    enumeration.cancelExpiry?.();
    enumeration.isBusy = true;
    try {
      const { items, isLast } = await enumeration.stream.page({
        maxElements: Math.min(maxElements, this.#settings.maxBatchItems),
        maxBytes: request.maxBytes,
        patienceMs: least(maxTimeMs, request.operationTimeoutMs),
        clock: this.#clock,
        signal: request.signal,
      });
      if (isLast) this.#close(context, enumeration);
      return { items, isLast, ...(!isLast && { context }) };
    } finally {
      enumeration.isBusy = false;
      if (this.#open.has(context)) this.#expireLater(context, enumeration);
    }
  }

  #expireLater(context: string, enumeration: Enumeration): void {
    enumeration.cancelExpiry?.();
    enumeration.cancelExpiry = this.#clock.schedule(this.#settings.enumerationTimeoutMs, () =>
      this.#close(context, enumeration),
    );
  }

  #close(context: string, enumeration: Enumeration): void {
    enumeration.cancelExpiry?.();
    if (!this.#open.delete(context)) return;
    enumeration.stream.close();
    enumeration.giveBack();
  }
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
