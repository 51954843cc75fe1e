import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { EnumerateRequest } from '../contract/wsman-client.js';
import { ACTIONS } from '../envelope/actions.js';
import { bestEffort } from '../exchange/best-effort.js';
import { DEFAULT_OPERATION_TIMEOUT_MS, exchange, operationTimeout, type RequestChannel } from '../exchange/exchange.js';
import { Pace } from '../exchange/pace.js';
import { Page, type PageOutcome } from './page.js';
import { isPullTimeout, isReplyTooLarge, nothingToRelease, smallerPage } from './page-faults.js';
import { checkMaxElements, writeEnumerate, writePull, writeRelease } from './write-enumerate.js';

/**
 * Enumerates (DSP0226 8), page by page. The next page is asked for as soon as one is complete and its second item is wanted, so
 * that stopping at the first item costs no Pull. `read` makes of each item what is given.
 */
export async function* enumerateItems<T>(
  channel: RequestChannel,
  request: EnumerateRequest,
  read: (item: XmlElement) => T,
): AsyncGenerator<T, void, undefined> {
  const pages = new EnumerationPages(channel, request);
  let current: Page | undefined = pages.first();
  let ahead: Page | undefined;
  let failed = false;
  try {
    while (current !== undefined) {
      for (;;) {
        const item: XmlElement | undefined = current.take() ?? (await current.next());
        if (item === undefined) break;
        yield read(item);
        ahead ??= pages.after(current);
      }
      if (current.outcome?.isLast === true) return;
      current = ahead ?? pages.after(current);
      ahead = undefined;
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    const left = pages.leave([current, ahead]);
    // After a failure the server may be out of reach; the caller learns of it at once.
    if (!failed) await left;
  }
}

/** The pages of one enumeration, one request at a time: an enumeration context serves no two. */
class EnumerationPages {
  readonly #channel: RequestChannel;
  readonly #request: EnumerateRequest;
  readonly #pace: Pace;
  #size: number;
  /** Of the newest reply; undefined before the first and after the last. */
  #context: string | undefined;
  #left = false;

  constructor(channel: RequestChannel, request: EnumerateRequest) {
    this.#channel = channel;
    this.#request = request;
    this.#size = checkMaxElements(request.maxElements);
    this.#pace = new Pace(channel.clock, request.deadline);
  }

  first(): Page {
    return new Page((page) =>
      this.#shrinking(page, () => this.#ask(page, ACTIONS.enumerate, writeEnumerate(this.#request, this.#size), true)),
    );
  }

  /** The page after `previous`, asked for when that is complete. */
  after(previous: Page): Page {
    return new Page(async (page) => {
      await previous.settled;
      if (this.#left || previous.outcome?.isLast !== false) return { isLast: true, context: undefined };
      return this.#shrinking(page, () => this.#pull(page));
    });
  }

  /** Releases what the server still holds. Never throws: whoever leaves does not care. */
  async leave(pages: readonly (Page | undefined)[]): Promise<void> {
    this.#left = true;
    const settled = Promise.all(pages.map((page) => page?.discard()));
    if (this.#context === undefined && pages[0]?.outcome !== undefined) return;
    await bestEffort(async (deadline) => {
      await deadline.race(settled);
      if (this.#context !== undefined) await release(this.#channel, this.#request, this.#context, deadline);
    });
  }

  async #shrinking(page: Page, attempt: () => Promise<PageOutcome>): Promise<PageOutcome> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (isReplyTooLarge(error) && page.delivered === 0 && this.#size > 1) {
          this.#size = smallerPage(this.#size);
          continue;
        }
        if (nothingToRelease(error)) this.#context = undefined;
        throw error;
      }
    }
  }

  async #pull(page: Page): Promise<PageOutcome> {
    for (;;) {
      this.#pace.begin();
      try {
        const outcome = await this.#ask(page, ACTIONS.pull, writePull(this.#context ?? '', this.#size), false);
        if (page.delivered === 0 && !outcome.isLast) await this.#pace.pause();
        return outcome;
      } catch (error) {
        if (!isPullTimeout(error) || page.delivered > 0) throw error;
        await this.#pace.pause();
      }
    }
  }

  async #ask(page: Page, action: string, body: string, repeatable: boolean): Promise<PageOutcome> {
    const { target, options, deadline, makers } = this.#request;
    const envelope = await exchange(this.#channel, {
      target,
      ...(options === undefined ? {} : { options }),
      deadline,
      action,
      body,
      repeatable,
      // A pull that finds nothing must come back before the deadline, to be told from a dead server.
      operationTimeoutMs: Math.min(operationTimeout(this.#request), DEFAULT_OPERATION_TIMEOUT_MS),
      makers,
      page: { onItem: (item) => page.add(item), room: () => page.room() },
    });
    const read = readPageOutcome(envelope.body[0]);
    const context = read.context ?? this.#context;
    // DSP0226 8.2.3 wants a context or the end. Some firmware's only page has neither: there is nothing that could be pulled.
    const outcome = read.isLast || context !== undefined || page.delivered === 0 ? read : { ...read, isLast: true };
    this.#context = outcome.isLast ? undefined : context;
    if (!outcome.isLast && context === undefined) {
      throw new CimletError('ERR_PROTOCOL', 'The response names no enumeration context and is not the last one.');
    }
    return outcome;
  }
}

/** Gives an enumeration context up. */
export async function release(
  channel: RequestChannel,
  { target }: Pick<EnumerateRequest, 'target'>,
  context: string,
  deadline: Deadline,
): Promise<void> {
  const body = writeRelease(context);
  await exchange(channel, { target, action: ACTIONS.release, body, repeatable: true, deadline });
}

/** Reads what is left of an EnumerateResponse or PullResponse without its items. @throws `ERR_PROTOCOL` for another body. */
export function readPageOutcome(response: XmlElement | undefined): PageOutcome {
  if (response === undefined || !/^(?:Enumerate|Pull)Response$/.test(response.name)) {
    throw new CimletError(
      'ERR_PROTOCOL',
      `The response to the enumeration is ${response === undefined ? 'empty' : `<${response.name}>`}.`,
    );
  }
  return {
    // Some servers send a context beside the end of the sequence; it serves nobody.
    isLast: response.child('EndOfSequence') !== undefined,
    context: response.child('EnumerationContext')?.text.trim() || undefined,
  };
}
