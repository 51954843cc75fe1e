import { CimletError } from '../../base/errors.js';
import type { EnhancedEvent } from '../contract/enhanced-event.js';
import type { Enhanced, EnumerateRequest } from '../contract/wsman-client.js';
import { readPageOutcome, release } from '../enumeration/enumeration.js';
import type { PageOutcome } from '../enumeration/page.js';
import { isPullTimeout, isReplyTooLarge, nothingToRelease, smallerPage } from '../enumeration/page-faults.js';
import { checkMaxElements, writeEnumerate, writePull } from '../enumeration/write-enumerate.js';
import { ACTIONS } from '../envelope/actions.js';
import { bestEffort } from '../exchange/best-effort.js';
import type { RequestChannel } from '../exchange/exchange.js';
import { Pace } from '../exchange/pace.js';
import { enhancedEvents } from './enhanced-operation.js';

/**
 * An enumeration whose every request is an enhanced operation of its own. No page is asked for ahead: its prompts would
 * come before the items of the page at hand.
 */
export async function* enumerateEnhanced(
  channel: RequestChannel,
  request: EnumerateRequest & Enhanced,
): AsyncGenerator<EnhancedEvent, void, undefined> {
  const { target, options, deadline, operationTimeoutMs, enhanced, makers } = request;
  const pace = new Pace(channel.clock, deadline);
  let size = checkMaxElements(request.maxElements);
  let context: string | undefined;
  let isComplete = false;
  let hasFailed = false;
  try {
    for (;;) {
      const action = context === undefined ? ACTIONS.enumerate : ACTIONS.pull;
      const body = context === undefined ? writeEnumerate(request, size) : writePull(context, size);
      let outcome: PageOutcome | undefined;
      let items = 0;
      pace.begin();
      try {
        const page = { target, options, deadline, operationTimeoutMs, enhanced, body, makers };
        for await (const event of enhancedEvents(channel, action, page)) {
          if (event.type === 'item') items++;
          if (event.type !== 'final') {
            yield event;
            continue;
          }
          outcome = readPageOutcome(event.body);
          context = outcome.context ?? context;
          // As in a plain enumeration: items with neither a context nor the end are all that there is.
          if (outcome.isLast || (context === undefined && items > 0)) {
            isComplete = true;
            yield { ...event, body: undefined };
          }
        }
      } catch (error) {
        if (items === 0 && isReplyTooLarge(error) && size > 1) {
          size = smallerPage(size);
          continue;
        }
        if (items > 0 || context === undefined || !isPullTimeout(error)) throw error;
      }
      if (isComplete) return;
      if (context === undefined) {
        throw new CimletError('ERR_PROTOCOL', 'The response names no enumeration context and is not the last one.');
      }
      if (items === 0 && action === ACTIONS.pull) await pace.pause();
    }
  } catch (error) {
    hasFailed = true;
    if (nothingToRelease(error)) context = undefined;
    throw error;
  } finally {
    const held = isComplete ? undefined : context;
    const left = held && bestEffort((deadline) => release(channel, request, held, deadline));
    if (!hasFailed) await left;
  }
}
