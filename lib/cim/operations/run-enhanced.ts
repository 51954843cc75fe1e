import type { EnhancedEvent } from '../../wsman/contract/enhanced-event.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { CimException } from '../error/cim-exception.js';
import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import type { CimEnhancedOptions } from './cim-enhanced-options.js';

/** What an enhanced operation gives beside what it tells: `item` of an enumeration, streamed values, and the end. */
export type EnhancedOutcome<Body = XmlElement | undefined> = Extract<
  EnhancedEvent<Body>,
  { readonly type: 'item' | 'streamingOutput' | 'final' }
>;

export function isOutcome<Body>(event: EnhancedEvent<Body>): event is EnhancedOutcome<Body> {
  return event.type === 'item' || event.type === 'streamingOutput' || event.type === 'final';
}

/**
 * Calls the caller's functions for what the server tells or asks. Gives a promise when an answer is to be waited for: the next event is
 * not to be taken before it is there.
 */
export function dispatchCallback(
  event: Exclude<EnhancedEvent, EnhancedOutcome>,
  options: CimEnhancedOptions,
  origin: CimInstanceOrigin,
): Promise<void> | undefined {
  switch (event.type) {
    case 'warning':
      options.onWarning?.(event.text);
      return undefined;
    case 'verbose':
      options.onVerbose?.(event.text);
      return undefined;
    case 'debug':
      options.onDebug?.(event.text);
      return undefined;
    case 'progress': {
      const { type: _, ...progress } = event;
      options.onProgress?.(progress);
      return undefined;
    }
    case 'confirm':
      return confirm(event, options);
    case 'errorAction':
      return decide(event, options, CimException.fromErrorInstance(event.error, origin));
  }
}

async function confirm(
  event: Extract<EnhancedEvent, { readonly type: 'confirm' }>,
  { promptUser }: CimEnhancedOptions,
): Promise<void> {
  const { text: message, promptType, needsAnswer } = event;
  const answer = await promptUser?.({ message, promptType, needsAnswer });
  if (needsAnswer) await event.respond(answer ?? 'no');
}

async function decide(
  event: Extract<EnhancedEvent, { readonly type: 'errorAction' }>,
  { onError, answerError }: CimEnhancedOptions,
  error: CimException,
): Promise<void> {
  onError?.(error);
  if (event.needsAnswer) await event.respond((await answerError?.(error)) ?? 'no');
}

/** Runs an enhanced operation. What it gives on its way goes to `take`, which is waited for; returns the body of its final response. */
export async function runEnhanced<Body>(
  events: AsyncIterable<EnhancedEvent<Body>>,
  options: CimEnhancedOptions,
  origin: CimInstanceOrigin,
  take?: (outcome: EnhancedOutcome<Body>) => unknown,
): Promise<Body | undefined> {
  let body: Body | undefined;
  for await (const event of events) {
    if (!isOutcome(event)) {
      const answered = dispatchCallback(event, options, origin);
      if (answered !== undefined) await answered;
    } else if (event.type === 'final') body = event.body;
    else await take?.(event);
  }
  return body;
}
