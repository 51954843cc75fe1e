import type { InteractiveEvent, PromptAnswer } from '../../wsman/contract/interactive-event.js';
import type { InteractiveOptions } from '../../wsman/contract/interactive-options.js';
import type { XmlElement } from '../../xml/element.js';
import { CimException } from '../error/cim-exception.js';
import type { CimInstanceOrigin } from '../instance/cim-instance.js';

/** The answers to a prompt of the server. `…ToAll` also settles later prompts of the same importance. MMI's CimResponseType. */
export type CimResponse = PromptAnswer;

/** How far an operation has come, as the server tells it. */
export interface CimProgress {
  readonly activity: string;
  readonly currentOperation: string;
  readonly statusDescription: string;
  /** 0 to 100; undefined when the server does not know. */
  readonly percentComplete: number | undefined;
  readonly secondsRemaining: number | undefined;
}

/** The server asks whether it shall go on. */
export interface CimPrompt {
  readonly message: string;
  /** A critical prompt is never answered by the server itself. */
  readonly promptType: 'normal' | 'critical';
  /** False when the server only tells of a prompt that it answered itself (`promptUserMode: 'report'`). */
  readonly needsAnswer: boolean;
}

/**
 * What the caller hears while the server works, and what it is asked (MMI's CimOperationOptions; MS-WSMV 2.2.10). With any of these an
 * operation becomes an enhanced one; a server that knows nothing of it answers plainly, and none of these is called. An error that a
 * function throws stops the operation, and is the operation's error.
 */
export interface CimInteraction {
  readonly onWarning?: ((text: string) => void) | undefined;
  readonly onVerbose?: ((text: string) => void) | undefined;
  readonly onDebug?: ((text: string) => void) | undefined;
  readonly onProgress?: ((progress: CimProgress) => void) | undefined;
  /** An error that does not end the operation. */
  readonly onError?: ((error: CimException) => void) | undefined;
  /** Asked, after `onError`, whether the operation shall go on in spite of it; with this function the server waits for the answer. */
  readonly answerError?: ((error: CimException) => CimResponse | Promise<CimResponse>) | undefined;
  /** Asked for each confirmation. */
  readonly promptUser?: ((prompt: CimPrompt) => CimResponse | Promise<CimResponse>) | undefined;
  /** `inquire`, the server's default: it waits for `promptUser`. `report`: it only tells. `ignore`: it answers normal prompts by itself. */
  readonly promptUserMode?: 'report' | 'inquire' | 'ignore' | undefined;
  /** The server's own answer to normal prompts with `report` and `ignore`: true is yes. */
  readonly promptUserAnswer?: boolean | undefined;
  /** Default `inquire` with `answerError`, else what the server takes for granted: `report`. */
  readonly writeErrorMode?: 'report' | 'inquire' | undefined;
}

const WISHES: ReadonlySet<string> = new Set<keyof CimInteraction>([
  'onWarning',
  'onVerbose',
  'onDebug',
  'onProgress',
  'onError',
  'answerError',
  'promptUser',
  'promptUserMode',
  'promptUserAnswer',
  'writeErrorMode',
]);

/** True when the caller wants an enhanced operation. Asked for every request: to look at what is there costs less than to miss ten properties. */
export function isInteractive(options: CimInteraction): boolean {
  for (const name in options) {
    if (WISHES.has(name) && options[name as keyof CimInteraction] !== undefined) return true;
  }
  return false;
}

/** What the server is to be told of the caller's wishes. */
export function interactiveOptions(options: CimInteraction, streaming = false): InteractiveOptions {
  const { promptUserMode, promptUserAnswer } = options;
  const writeErrorMode = options.writeErrorMode ?? (options.answerError === undefined ? undefined : 'inquire');
  return {
    warnings: options.onWarning !== undefined,
    verbose: options.onVerbose !== undefined,
    debug: options.onDebug !== undefined,
    progress: options.onProgress !== undefined,
    errors: options.onError !== undefined || options.answerError !== undefined,
    confirm: options.promptUser !== undefined,
    streaming,
    promptMode: promptUserMode,
    regularAnswer: promptUserAnswer,
    writeErrorMode,
  };
}

/** What an enhanced operation gives beside what it tells: `item` of an enumeration, streamed values, and the end. */
export type InteractiveOutcome = Extract<InteractiveEvent, { readonly type: 'item' | 'streamingOutput' | 'final' }>;

export function isOutcome(event: InteractiveEvent): event is InteractiveOutcome {
  return event.type === 'item' || event.type === 'streamingOutput' || event.type === 'final';
}

/**
 * Calls the caller's functions for what the server tells or asks. Gives a promise when an answer is to be waited for: the next event is
 * not to be taken before it is there.
 */
export function hear(
  event: Exclude<InteractiveEvent, InteractiveOutcome>,
  options: CimInteraction,
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
  event: Extract<InteractiveEvent, { readonly type: 'confirm' }>,
  { promptUser }: CimInteraction,
): Promise<void> {
  const { text: message, promptType, needsAnswer } = event;
  const answer = await promptUser?.({ message, promptType, needsAnswer });
  if (needsAnswer) await event.respond(answer ?? 'no');
}

async function decide(
  event: Extract<InteractiveEvent, { readonly type: 'errorAction' }>,
  { onError, answerError }: CimInteraction,
  error: CimException,
): Promise<void> {
  onError?.(error);
  if (event.needsAnswer) await event.respond((await answerError?.(error)) ?? 'no');
}

/** Runs an enhanced operation. What it gives on its way goes to `take`, which is waited for; returns the body of its final response. */
export async function converse(
  events: AsyncIterable<InteractiveEvent>,
  options: CimInteraction,
  origin: CimInstanceOrigin,
  take?: (outcome: InteractiveOutcome) => unknown,
): Promise<XmlElement | undefined> {
  let body: XmlElement | undefined;
  for await (const event of events) {
    if (!isOutcome(event)) {
      const heard = hear(event, options, origin);
      if (heard !== undefined) await heard;
    } else if (event.type === 'final') body = event.body;
    else await take?.(event);
  }
  return body;
}
